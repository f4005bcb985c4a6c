package dev.bag.examples;

import dev.bag.function.CheckedFunction;
import dev.bag.source.Sink;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Appends records to a table of a database, all of them or none. Each attempt at a partition inserts its rows, in batches and
 * in a transaction of its own, into a table that only this run uses, together with a name of the attempt. When all have
 * finished, one statement moves the rows of the attempts that count: so a task that is run again leaves nothing twice.
 *
 * @param url of the database; its driver is on the class path
 * @param columns of the table, with commas in between
 * @param values makes of a record a value for each column
 */
public record TableSink<T>(String url, String table, String columns, CheckedFunction<? super T, List<?>> values)
        implements Sink<T, Long> {

    private static final int BATCH = 1_000;

    @Override
    public String name() {
        return "table " + table;
    }

    @Override
    public Output<T, ?, Long> begin(int partitionCount) throws SQLException {
        Staging<T> staging =
                new Staging<>(this, table + "_" + UUID.randomUUID().toString().replace('-', '_'));
        staging.execute("CREATE TABLE " + staging.name + " AS SELECT CAST(NULL AS VARCHAR(36)) AS attempt, " + columns
                + " FROM " + table + " WHERE 1 = 0");
        return staging;
    }

    /** The table of one run; what counts in the end are the names of attempts. */
    private record Staging<T>(TableSink<T> sink, String name) implements Output<T, String, Long> {

        private void execute(String sql) throws SQLException {
            try (Connection connection = DriverManager.getConnection(sink.url)) {
                connection.createStatement().execute(sql);
            }
        }

        @Override
        public Writer<T, String> open(int partition) throws SQLException {
            return new BatchWriter<>(this);
        }

        @Override
        public Long commit(List<String> attempts) throws SQLException {
            String move = "INSERT INTO " + sink.table + " (" + sink.columns + ") SELECT " + sink.columns + " FROM "
                    + name + " WHERE attempt = ANY(?)";
            long rows;
            try (Connection connection = DriverManager.getConnection(sink.url);
                    PreparedStatement statement = connection.prepareStatement(move)) {
                statement.setArray(1, connection.createArrayOf("VARCHAR", attempts.toArray()));
                rows = statement.executeLargeUpdate(); // all of them or none
            }
            try {
                execute("DROP TABLE " + name);
            } catch (SQLException e) {
                System.err.println(name + " can be dropped: " + e); // the rows are there
            }
            return rows;
        }

        @Override
        public void abort(List<String> attempts) throws SQLException {
            execute("DROP TABLE IF EXISTS " + name);
        }
    }

    /** One attempt at a partition. */
    private static final class BatchWriter<T> implements Writer<T, String> {

        private final String attempt = UUID.randomUUID().toString();
        private final CheckedFunction<? super T, List<?>> values;
        private final Connection connection;
        private final PreparedStatement insert;
        private long count;

        BatchWriter(Staging<T> staging) throws SQLException {
            values = staging.sink.values;
            connection = DriverManager.getConnection(staging.sink.url);
            try {
                connection.setAutoCommit(false);
                String marks = ", ?".repeat(staging.sink.columns.split(",").length);
                insert = connection.prepareStatement("INSERT INTO " + staging.name + " VALUES (?" + marks + ")");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        @Override
        public void write(T record) throws SQLException {
            int column = 1;
            insert.setString(column, attempt);
            for (Object value : values.apply(record)) {
                insert.setObject(++column, value);
            }
            insert.addBatch();
            if (++count % BATCH == 0) {
                insert.executeBatch();
            }
        }

        @Override
        public String finish() throws SQLException {
            insert.executeBatch();
            connection.commit();
            connection.close();
            return attempt;
        }

        @Override
        public void abort() throws SQLException {
            connection.close(); // rolls back
        }
    }
}
