package dev.bag.bench;

import dev.bag.Delayed;
import dev.bag.KeyedBag;
import dev.bag.Results;
import dev.bag.io.TextFiles;
import dev.bag.value.Pair;
import java.util.Arrays;

/**
 * The lines of access logs joined with a table of clients, with bag: {@code JoinClients TABLE LOGS}. A line of the table
 * is an address, a tab and a name.
 */
public final class JoinClients {

    private JoinClients() {}

    public static void main(String... paths) {
        System.out.println("RESULT " + of(paths[0], Arrays.copyOfRange(paths, 1, paths.length)));
    }

    static String of(String table, String... logs) {
        KeyedBag<String, String> names = TextFiles.read(table)
                .keyBy(row -> row.substring(0, row.indexOf('\t')))
                .mapValues(row -> row.substring(row.indexOf('\t') + 1));
        KeyedBag<String, Pair<String, String>> joined =
                TextFiles.read(logs).keyBy(LogLine::client).join(names);

        Delayed<Long> count = joined.entries().count();
        Delayed<Long> checksum = joined.values().sumLong(pair -> checksum(pair.first(), pair.second()));
        Results results = Delayed.computeAll(count, checksum);
        return results.get(count) + " lines, " + results.get(checksum);
    }

    /** Looks at both, so that it shows which name a line has got. */
    private static long checksum(String line, String name) {
        return (long) line.length() * name.hashCode();
    }
}
