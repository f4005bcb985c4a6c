package dev.bag.bench.peers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What programs with bag do, with DuckDB. {@code DuckQuery count FILES}: how many lines there are. {@code DuckQuery
 * status LOGS}: how often each status occurs. {@code DuckQuery words FILES}: the 20 words that occur most often. {@code
 * DuckQuery bytes LOGS}: the 10 clients to which most bytes were sent. {@code DuckQuery characters LOGS}: the 10 clients
 * whose lines have most characters.
 */
public final class DuckQuery {

    private static final String COUNT = "select count(*) from lines";

    private static final String STATUS = """
            select split_part(line, ' ', 9) as status, count(*)
            from lines
            group by status
            order by status""";

    private static final String WORDS = """
            select word, count(*) as occurrences
            from (select unnest(string_split(line, ' ')) as word from lines)
            group by word
            order by occurrences desc, word
            limit 20""";

    private static final String BYTES = """
            select client, bytes::bigint
            from (
              select split_part(line, ' ', 1) as client,
                     sum(coalesce(try_cast(split_part(line, ' ', 10) as bigint), 0)) as bytes
              from lines
              group by client)
            order by bytes desc, client
            limit 10""";

    private static final String CHARACTERS = """
            select split_part(line, ' ', 1) as client, sum(length(line))::bigint as characters
            from lines
            group by client
            order by characters desc, client
            limit 10""";

    /** A line has one column: it holds no byte 1. */
    private static final String LINES = """
            create view lines as
            from read_csv([%s], columns = {'line': 'VARCHAR'}, delim = '\u0001', quote = '', escape = '',
                          header = false, auto_detect = false)""";

    private DuckQuery() {}

    public static void main(String... arguments) throws SQLException {
        String query = switch (arguments[0]) {
            case "count" -> COUNT;
            case "status" -> STATUS;
            case "words" -> WORDS;
            case "bytes" -> BYTES;
            case "characters" -> CHARACTERS;
            default -> throw new IllegalArgumentException(arguments[0] + ": there is no query of this name");
        };
        String files = Arrays.stream(arguments).skip(1).map(path -> "'" + path + "'").collect(Collectors.joining(", "));
        StringJoiner result = new StringJoiner(";");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set preserve_insertion_order = false");
            statement.execute(String.format(LINES, files));
            try (ResultSet rows = statement.executeQuery(query)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    result.add(columns == 1 ? rows.getString(1) : rows.getString(1) + "=" + rows.getString(2));
                }
            }
        }
        System.out.println("RESULT " + result);
    }
}
