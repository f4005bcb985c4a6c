package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bag.fold.FunctionFolds.CollectorFold;
import dev.bag.value.Histogram;
import dev.bag.value.Pair;
import dev.bag.value.Quantiles;
import dev.bag.value.Stats;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every fold promises; what each one means is tested elsewhere. */
class FoldLawsTest {

    private static final List<String> FRUIT = List.of("fig", "banana", "date", "fig", "apple");

    /** Folds, their answer for the fruit, and their answer for nothing. */
    static Stream<Arguments> folds() {
        return Stream.of(
                of("counting", Folds.counting(), 5L, 0L),
                of("summing", Folds.summing(String::length), 21.0, 0.0),
                of("summingLong", Folds.summingLong(String::length), 21L, 0L),
                of("averaging", Folds.averaging(String::length), 4.2, Double.NaN),
                of("stats", Folds.stats(s -> 3), stats(5, 15, 3, 0, 3, 3), emptyStats()),
                of("min", Folds.min(Comparator.<String>naturalOrder()), Optional.of("apple"), Optional.empty()),
                of("max", Folds.max(Comparator.<String>naturalOrder()), Optional.of("fig"), Optional.empty()),
                of("topK", Folds.topK(2, Comparator.<String>naturalOrder()), List.of("fig", "fig"), List.of()),
                of("toList", Folds.toList(), FRUIT, List.of()),
                of("toSet", Folds.toSet(), new LinkedHashSet<>(FRUIT), Set.of()),
                of("joining", Folds.joining("+"), "fig+banana+date+fig+apple", ""),
                of("joining without delimiter", Folds.joining(""), "figbananadatefigapple", ""),
                of("histogram", Folds.histogram(String::length, 3, 4, 6), histogram(2L, 3L), histogram(0L, 0L)),
                of(
                        "quantiles",
                        Folds.quantiles(String::length, 0, 0.5, 0.9),
                        quantiles(3.0, 4.0, 6.0),
                        quantiles(Double.NaN, Double.NaN, Double.NaN)),
                of("countDistinctApprox", Folds.countDistinctApprox(s -> s), 4L, 0L),
                of("reservoir of all", Folds.reservoir(5, 1), FRUIT, List.of()),
                of("mapping", Folds.mapping(String::length, Folds.toList()), List.of(3, 6, 4, 3, 5), List.of()),
                of("filtering", Folds.filtering("fig"::equals, Folds.counting()), 2L, 0L),
                of(
                        "both",
                        Folds.both(Folds.counting(), Folds.joining("")),
                        pair(5L, "figbananadatefigapple"),
                        pair(0L, "")),
                of(
                        "grouping",
                        Folds.grouping(s -> s.contains("e"), Folds.counting()),
                        Map.of(false, 3L, true, 2L),
                        Map.of()),
                of("three functions", Fold.of(() -> "", String::concat, String::concat), "figbananadatefigapple", ""),
                of(
                        "collector",
                        Fold.of(Collectors.toCollection(LinkedHashSet::new)),
                        new LinkedHashSet<>(FRUIT),
                        Set.of()));
    }

    @Test
    void fiveRecordsCanBeFoldedIn2093Ways() {
        assertThat(EveryWay.results(Folds.toList(), FRUIT)).hasSize(1 + 6 + 21 * 2 + 56 * 5 + 126 * 14);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folds")
    @Tag("P2")
    @Tag("P4")
    void neitherPartsNorMergesChangeTheAnswer(String name, Fold<String, ?, ?> fold, Object answer, Object emptyAnswer) {
        EveryWay.results(fold, FRUIT).forEach(result -> same(result, answer));
        EveryWay.resultsOfAddingAfterMerging(fold, FRUIT).forEach(result -> same(result, answer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folds")
    @Tag("P4")
    @Tag("P7")
    void nothingHasAnAnswerInAnyNumberOfEmptyParts(
            String name, Fold<String, ?, ?> fold, Object answer, Object emptyAnswer) {
        EveryWay.results(fold, List.of()).forEach(result -> same(result, emptyAnswer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folds")
    void accumulatorsCanBeWrittenAndReadBetweenMerges(
            String name, Fold<String, ?, ?> fold, Object answer, Object emptyAnswer) {
        List<String> three = FRUIT.subList(0, 3);
        Object expected = EveryWay.inOnePart(fold, three);
        EveryWay.resultsThroughBytes(fold, three).forEach(result -> same(result, expected));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folds")
    void foldsCanBeWrittenAndRead(String name, Fold<String, ?, ?> fold, Object answer, Object emptyAnswer) {
        if (!(fold instanceof CollectorFold)) {
            same(EveryWay.inOnePart(EveryWay.throughBytes(fold), FRUIT), answer);
        }
    }

    private static void same(Object actual, Object expected) {
        assertThat(actual).isEqualTo(expected);
        if (expected instanceof Collection<?> inOrder) {
            assertThat(List.copyOf((Collection<?>) actual)).isEqualTo(List.copyOf(inOrder));
        }
    }

    private static Arguments of(String name, Fold<String, ?, ?> fold, Object answer, Object emptyAnswer) {
        return arguments(name, fold, answer, emptyAnswer);
    }

    private static Pair<Long, String> pair(long first, String second) {
        return Pair.of(first, second);
    }

    private static Histogram histogram(Long... counts) {
        return new Histogram(List.of(3.0, 4.0, 6.0), List.of(counts));
    }

    private static Quantiles quantiles(Double... values) {
        return new Quantiles(List.of(0.0, 0.5, 0.9), List.of(values));
    }

    private static Stats stats(long count, double sum, double mean, double variance, double min, double max) {
        return new Stats(count, sum, mean, variance, min, max);
    }

    private static Stats emptyStats() {
        return stats(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
