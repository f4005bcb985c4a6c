package dev.bag.bench;

import dev.bag.value.Pair;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints totals by key with two decimals, the greatest first: {@code 17=2000.50;4=1200.00}. */
public final class Totals {

    private Totals() {}

    /** The pair that is listed first is the greatest. */
    static <K extends Comparable<K>> Comparator<Pair<K, Double>> byTotal() {
        return Comparator.comparing(Pair<K, Double>::second).thenComparing(Pair::first, Comparator.reverseOrder());
    }

    static String text(List<? extends Pair<?, Double>> totals) {
        return totals.stream()
                .map(total -> String.format(Locale.ROOT, "%s=%.2f", total.first(), total.second()))
                .collect(Collectors.joining(";"));
    }

    /** The greatest of a map. */
    public static <K extends Comparable<K>> String top(int count, Map<K, Double> totals) {
        return text(totals.entrySet().stream()
                .map(total -> new Pair<>(total.getKey(), total.getValue()))
                .sorted(Totals.<K>byTotal().reversed())
                .limit(count)
                .toList());
    }
}
