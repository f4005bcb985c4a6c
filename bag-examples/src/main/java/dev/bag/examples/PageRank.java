// spotless:off
//JAVA 17+
//DEPS dev.bag:bag-io:0.1.0-SNAPSHOT
//SOURCES Usage.java
// spotless:on
package dev.bag.examples;

import dev.bag.Bag;
import dev.bag.KeyedBag;
import dev.bag.Persisted;
import dev.bag.fold.Folds;
import dev.bag.io.TextFiles;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rank of pages by the links between them. Each round shares out a page's rank among the pages that it links to; the links
 * are kept, so that they are read and grouped once, and of the ranks those of the last round.
 *
 * <p>Arguments: files with a link a line, as {@code from to}.
 */
public final class PageRank {

    private static final int ROUNDS = 20;
    private static final double DAMPING = 0.85;

    private static final Usage USAGE = new Usage("""
            Usage: java -cp bag-examples.jar dev.bag.examples.PageRank FILE ...

            Prints the 10 pages with the highest rank after 20 rounds. Each line of a file is a link: the page that has it,
            a space, and the page that it leads to.
            """);

    private PageRank() {}

    public static void main(String... arguments) {
        String[] files = USAGE.someNamesOrExit(arguments);
        try (Persisted<Pair<String, List<String>>> links = TextFiles.read(files)
                .map(line -> line.split(" "))
                .groupBy(link -> link[0])
                .mapValues(each -> each.stream().map(link -> link[1]).distinct().toList())
                .persist()) {
            top(links.bag(), 10)
                    .forEach(page -> System.out.printf(Locale.ROOT, "%8.4f  %s%n", page.second(), page.first()));
        }
    }

    static List<Pair<String, Double>> top(Bag<Pair<String, List<String>>> links, int count) {
        KeyedBag<String, List<String>> byPage = keyed(links);
        Persisted<Pair<String, Double>> ranks =
                links.map(page -> Pair.of(page.first(), 1.0)).persist();
        for (int round = 0; round < ROUNDS; round++) {
            try (Persisted<Pair<String, Double>> last = ranks) {
                ranks = byPage.join(keyed(last.bag()))
                        .entries()
                        .flatMap(page ->
                                shares(page.second().first(), page.second().second()))
                        .foldBy(Pair::first, Folds.summing(Pair::second))
                        .mapValues(sum -> 1 - DAMPING + DAMPING * sum)
                        .persist();
            }
        }
        try (Persisted<Pair<String, Double>> last = ranks) {
            return keyed(last.bag()).topByValue(count).compute();
        }
    }

    private static <V> KeyedBag<String, V> keyed(Bag<Pair<String, V>> pairs) {
        return pairs.keyBy(Pair::first).mapValues(Pair::second);
    }

    private static List<Pair<String, Double>> shares(List<String> targets, double rank) {
        List<Pair<String, Double>> shares = new ArrayList<>();
        targets.forEach(target -> shares.add(Pair.of(target, rank / targets.size())));
        return shares;
    }
}
