// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.KeyedBag;
import dev.bag.io.CsvFiles;
import dev.bag.io.TextFiles;
import java.util.Arrays;
import java.util.Locale;

/**
 * Requests by the owner of the network that they come from: access logs, joined with a table. The table is small, so it is sent
 * to each partition of the logs ({@code joinBroadcast}), which need not be sorted or sent anywhere.
 *
 * <p>Arguments: the table, then access logs.
 */
public final class KnownNetworks {

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.KnownNetworks TABLE LOG ...

            Prints how many requests come from the networks of each owner. TABLE is a CSV file with the columns network and
            owner, such as 10.7,Acme: the first two numbers of its addresses. A line of a LOG begins with an address.
            """);

    private KnownNetworks() {}

    public static void main(String... arguments) {
        String[] names = USAGE.someNamesOrExit(arguments);
        KeyedBag<String, String> owners =
                CsvFiles.read(names[0]).keyBy(row -> row.get("network")).mapValues(row -> row.get("owner"));
        TextFiles.read(Arrays.copyOfRange(names, 1, names.length))
                .keyBy(KnownNetworks::network)
                .joinBroadcast(owners)
                .entries()
                .countBy(request -> request.second().second())
                .sortByKey()
                .stream()
                .forEach(owner -> System.out.printf(Locale.ROOT, "%,10d  %s%n", owner.second(), owner.first()));
    }

    /** The first two numbers of the address at the beginning of a line. */
    private static String network(String line) {
        return line.substring(0, Math.max(0, line.indexOf('.', line.indexOf('.') + 1)));
    }
}
