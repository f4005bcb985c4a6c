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
 * whose lines have most characters. {@code DuckQuery events FILES}, of lines of JSON: the 10 users with the largest total of
 * amounts above 100. {@code DuckQuery orders FILES}, of comma-separated values: the 10 customers with the largest total.
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

    private static final String EVENTS = """
            select id, printf('%.2f', total)
            from (
              select "user".id as id, sum(amount) as total
              from lines
              where amount > 100
              group by id)
            order by total desc, id
            limit 10""";

    private static final String ORDERS = """
            select customer, printf('%.2f', total)
            from (
              select customer, sum(total) as total
              from lines
              group by customer)
            order by total desc, customer
            limit 10""";

    /** What is not asked for is passed over. */
    private static final String JSON = """
            create view lines as
            from read_json([%s], format = 'newline_delimited',
                           columns = {'amount': 'DOUBLE', 'user': 'STRUCT(id BIGINT)'})""";

    private static final String CSV = """
            create view lines as
            from read_csv([%s], header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
                          columns = {'id': 'BIGINT', 'day': 'DATE', 'customer': 'VARCHAR', 'country': 'VARCHAR',
                                     'product': 'VARCHAR', 'quantity': 'INTEGER', 'price': 'DOUBLE', 'total': 'DOUBLE',
                                     'status': 'VARCHAR', 'note': 'VARCHAR'})""";

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
            case "events" -> EVENTS;
            case "orders" -> ORDERS;
            default -> throw new IllegalArgumentException(arguments[0] + ": there is no query of this name");
        };
        String view = switch (arguments[0]) {
            case "events" -> JSON;
            case "orders" -> CSV;
            default -> LINES;
        };
        String files = Arrays.stream(arguments).skip(1).map(path -> "'" + path + "'").collect(Collectors.joining(", "));
        StringJoiner result = new StringJoiner(";");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set preserve_insertion_order = false");
            statement.execute(String.format(view, files));
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
