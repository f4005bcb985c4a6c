package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.value.Pair;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code min}, {@code max} and {@code topK}: records are pairs of what is compared and of where they stand. */
class OrderedTest {

    private static final Comparator<Pair<Integer, Integer>> BY_FIRST = Comparator.comparing(Pair::first);

    @Test
    @Tag("P2")
    @Tag("P4")
    void ofEqualsTheFirstIsTheSmallestAndTheLargest() {
        List<Pair<Integer, Integer>> records = numbered(List.of(2, 1, 3, 1, 3));
        assertThat(EveryWay.results(Folds.min(BY_FIRST), records))
                .allSatisfy(least -> assertThat(least).containsSame(records.get(1)));
        assertThat(EveryWay.results(Folds.max(BY_FIRST), records))
                .allSatisfy(most -> assertThat(most).containsSame(records.get(2)));
    }

    @Test
    @Tag("P7")
    void nothingHasNoSmallestAndNoLargest() {
        assertThat(EveryWay.inOnePart(Folds.min(BY_FIRST), List.of())).isEmpty();
        assertThat(EveryWay.inOnePart(Folds.max(BY_FIRST), List.of())).isEmpty();
    }

    @Test
    @Tag("P2")
    @Tag("P4")
    void theTopIsThatOfAStableSort() {
        EveryWay.lists(List.of(1, 2, 3), 4).map(OrderedTest::numbered).forEach(records -> {
            for (int k = 0; k <= 5; k++) {
                assertThat(EveryWay.results(Folds.topK(k, BY_FIRST), records)).containsOnly(sortedTop(k, records));
            }
        });
    }

    @Test
    void theTopOfManyRecordsIsThatOfAStableSort() {
        List<Integer> numbers = new Random(1).ints(5_000, 0, 300).boxed().toList();
        List<Integer> ascending = numbers.stream().sorted().toList();
        List<Integer> descending =
                numbers.stream().sorted(Comparator.reverseOrder()).toList();
        for (List<Integer> keys : List.of(numbers, ascending, descending, Collections.nCopies(5_000, 7))) {
            List<Pair<Integer, Integer>> records = numbered(keys);
            for (int k : new int[] {0, 1, 2, 3, 100, 4_999, 5_000, 5_001, Integer.MAX_VALUE}) {
                List<List<Pair<Integer, Integer>>> parts =
                        List.of(records.subList(0, 17), records.subList(17, 4_000), records.subList(4_000, 5_000));
                assertThat(EveryWay.resultsOfParts(Folds.topK(k, BY_FIRST), parts))
                        .containsOnly(sortedTop(k, records));
            }
        }
    }

    @Test
    void theTopHoldsAtMostTwiceAsManyRecordsAsAreWanted() {
        assertThat(EveryWay.bytesHeld(Folds.topK(10, Comparator.<Integer>naturalOrder())))
                .isLessThan(1_000);
    }

    @Test
    void whatIsTooSmallForTheTopCostsOneComparison() {
        List<Integer> descending = IntStream.range(0, 10_000).mapToObj(i -> -i).toList();
        for (List<Integer> records : List.of(descending, Collections.nCopies(10_000, 7))) {
            AtomicInteger comparisons = new AtomicInteger();
            Comparator<Integer> counted = (a, b) -> {
                comparisons.incrementAndGet();
                return a.compareTo(b);
            };
            EveryWay.inOnePart(Folds.topK(10, counted), records);
            assertThat(comparisons).hasValueLessThan(10_100);
        }
    }

    @Test
    void theTopCannotBeChanged() {
        List<Integer> top = EveryWay.inOnePart(Folds.topK(2, Comparator.<Integer>naturalOrder()), List.of(1, 2, 3));
        assertThatThrownBy(() -> top.add(1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aNegativeKIsRefusedAtOnce() {
        assertThatThrownBy(() -> Folds.topK(-1, BY_FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topK(-1): k must be 0 or more");
    }

    private static List<Pair<Integer, Integer>> numbered(List<Integer> keys) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> Pair.of(keys.get(i), i))
                .toList();
    }

    private static List<Pair<Integer, Integer>> sortedTop(int k, List<Pair<Integer, Integer>> records) {
        return records.stream().sorted(BY_FIRST.reversed()).limit(k).toList();
    }
}
