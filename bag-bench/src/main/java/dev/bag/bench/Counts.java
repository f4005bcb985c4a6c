package dev.bag.bench;

import dev.bag.value.Pair;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers of keys as an answer, for example {@code the=17;of=4}: the greatest first, equal ones in the order of keys. */
public final class Counts {

    /** The pair that is listed first is the greatest. */
    static final Comparator<Pair<String, Long>> BY_COUNT = byCount();

    private Counts() {}

    /** The same for other keys than Strings. */
    static <K extends Comparable<K>> Comparator<Pair<K, Long>> byCount() {
        return Comparator.comparing(Pair<K, Long>::second).thenComparing(Pair::first, Comparator.reverseOrder());
    }

    static String text(List<? extends Pair<?, Long>> counts) {
        return joined(counts.stream().map(count -> count.first() + "=" + count.second()));
    }

    /** The greatest of a map. */
    public static String top(int count, Map<String, Long> counts) {
        return joined(counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(count)
                .map(entry -> entry.getKey() + "=" + entry.getValue()));
    }

    private static String joined(Stream<String> counts) {
        return counts.collect(Collectors.joining(";"));
    }
}
