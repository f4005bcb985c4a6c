package dev.bag.bench.peers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The 10 clients to which most bytes were sent, by access logs, with DuckDB: {@code DuckClientBytes LOGS}. */
public final class DuckClientBytes {

    /** A line has one column: it holds no byte 1. */
    private static final String QUERY = """
            select client, bytes::bigint
            from (
              select split_part(line, ' ', 1) as client,
                     sum(coalesce(try_cast(split_part(line, ' ', 10) as bigint), 0)) as bytes
              from read_csv([%s], columns = {'line': 'VARCHAR'}, delim = '\u0001', quote = '', escape = '',
                            header = false, auto_detect = false)
              group by client)
            order by bytes desc, client
            limit 10""";

    private DuckClientBytes() {}

    public static void main(String... paths) throws SQLException {
        String files = Arrays.stream(paths).map(path -> "'" + path + "'").collect(Collectors.joining(", "));
        StringJoiner counts = new StringJoiner(";");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set preserve_insertion_order = false");
            try (ResultSet rows = statement.executeQuery(String.format(QUERY, files))) {
                while (rows.next()) {
                    counts.add(rows.getString(1) + "=" + rows.getLong(2));
                }
            }
        }
        System.out.println("RESULT " + counts);
    }
}
