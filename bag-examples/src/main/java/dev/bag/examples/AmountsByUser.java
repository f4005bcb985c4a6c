// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.fold.Folds;
import dev.bag.io.JsonLines;
import dev.bag.io.JsonRow;
import dev.bag.value.Pair;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The 10 users with the largest sum of amounts in JSON lines such as {@code {"user":{"id":7},"amount":12.5}}.
 *
 * <p>Arguments: files, directories or patterns.
 */
public final class AmountsByUser {

    private static final int USER = 0;
    private static final int AMOUNT = 1;

    private static final Comparator<Pair<String, Double>> BY_AMOUNT =
            Comparator.comparing(Pair<String, Double>::second).thenComparing(Pair::first, Comparator.reverseOrder());

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.AmountsByUser FILE ...

            Prints the 10 users with the largest sum of amounts. Each line of a file is a JSON object with the fields
            user.id and amount, among others, such as {"user":{"id":7},"amount":12.5}; objects without one of
            them are left out.

            FILE is a file, a directory or a pattern such as 'events/*.json', compressed or not.
            """);

    private AmountsByUser() {}

    public static void main(String... arguments) {
        String[] files = USAGE.someNamesOrExit(arguments);

        Bag<JsonRow> events = JsonLines.select("user.id", "amount")
                .read(files)
                .filterNot(event -> event.isMissing(USER) || event.isMissing(AMOUNT));

        List<Pair<String, Double>> top = events.foldBy(
                        event -> event.text(USER), Folds.summing(event -> event.doubleValue(AMOUNT)))
                .entries()
                .topK(10, BY_AMOUNT)
                .compute();
        top.forEach(user -> System.out.printf(Locale.ROOT, "%,15.2f  %s%n", user.second(), user.first()));
    }
}
