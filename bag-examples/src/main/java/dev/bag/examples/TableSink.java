package dev.bag.examples;

import dev.bag.function.CheckedFunction;
import dev.bag.source.Sink;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * Appends records to a table of a database, all of them or none. Each attempt at a partition inserts its rows, in batches and
 * in a transaction of its own, into a table that only this run uses, together with a name of the attempt. When all have
 * finished, one transaction moves the rows of the attempts that count: so a task that is run again leaves nothing twice.
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
            try (Connection connection = DriverManager.getConnection(sink.url);
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public Writer<T, String> open(int partition) throws SQLException {
            return new BatchWriter<>(this, UUID.randomUUID().toString());
        }

        @Override
        public Long commit(List<String> attempts) throws SQLException {
            String move = "INSERT INTO " + sink.table + " (" + sink.columns + ") SELECT " + sink.columns + " FROM "
                    + name + " WHERE attempt = ?";
            long rows = 0;
            try (Connection connection = DriverManager.getConnection(sink.url);
                    PreparedStatement statement = connection.prepareStatement(move)) {
                connection.setAutoCommit(false);
                for (String attempt : attempts) {
                    statement.setString(1, attempt);
                    rows += statement.executeUpdate();
                }
                connection.commit(); // a connection that is closed without it rolls back
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

        private final TableSink<T> sink;
        private final String attempt;
        private final Connection connection;
        private final PreparedStatement insert;
        private long count;

        BatchWriter(Staging<T> staging, String attempt) throws SQLException {
            this.sink = staging.sink;
            this.attempt = attempt;
            this.connection = DriverManager.getConnection(sink.url);
            String marks = ", ?".repeat(sink.columns.split(",").length);
            try {
                connection.setAutoCommit(false);
                this.insert = connection.prepareStatement("INSERT INTO " + staging.name + " VALUES (?" + marks + ")");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        @Override
        public void write(T record) throws SQLException {
            List<?> row = sink.values.apply(record);
            insert.setString(1, attempt);
            for (int i = 0; i < row.size(); i++) {
                insert.setObject(i + 2, row.get(i));
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
            connection.rollback();
            connection.close();
        }
    }
}
