package dev.bag.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReservoirTest {

    private static final int SEEDS = 6_000;

    /** A record that has no hash code to rely on. */
    private static final class Opaque {
        private final int number;

        private Opaque(int number) {
            this.number = number;
        }
    }

    @Test
    @Tag("P2")
    @Tag("P4")
    void aSampleHasTheWantedSizeAndInputOrderForAnyPartsAndMerges() {
        List<Integer> records = List.of(10, 20, 30, 40, 50);
        for (int k = 0; k <= 6; k++) {
            int size = Math.min(k, records.size());
            EveryWay.results(Folds.<Integer>reservoir(k, 7), records)
                    .forEach(sample -> assertThat(sample)
                            .hasSize(size)
                            .isSubsetOf(records)
                            .isSorted()
                            .doesNotHaveDuplicates());
        }
    }

    @Test
    @Tag("P3")
    void theSameSeedPartsAndMergesGiveTheSameSampleOnAnyMachine() {
        List<Integer> records = IntStream.range(0, 1_000).boxed().toList();
        assertThat(EveryWay.inOnePart(Folds.reservoir(5, 42), records)).containsExactly(154, 748, 837, 909, 935);
        List<List<Integer>> parts = List.of(records.subList(0, 300), records.subList(300, 1_000));
        assertThat(EveryWay.resultsOfParts(Folds.reservoir(5, 42), parts))
                .containsOnly(List.of(414, 418, 487, 600, 987));
    }

    @Test
    void anEmptyPartDoesNotChangeTheSample() {
        List<Integer> records = IntStream.range(0, 50).boxed().toList();
        Fold<Integer, ?, List<Integer>> fold = Folds.reservoir(5, 42);
        assertThat(EveryWay.resultsOfParts(fold, List.of(List.of(), List.of(), records, List.of())))
                .containsOnly(EveryWay.inOnePart(fold, records));
    }

    @Test
    void everyRecordIsAsLikelyAsAnyOther() {
        List<Integer> numbers = IntStream.range(0, 6).boxed().toList();
        for (int k : new int[] {1, 2, 5}) {
            for (int first : new int[] {0, 1, 3, 6}) {
                assertEachInTheSampleAsOften(k, first, numbers);
                assertEachInTheSampleAsOften(
                        k, first, numbers.stream().map(Opaque::new).toList());
            }
        }
    }

    private static <T> void assertEachInTheSampleAsOften(int k, int first, List<T> records) {
        Map<T, Integer> counts = counts(sampleOf(k, first, records), List::stream);
        assertThat(counts).hasSize(6);
        assertThat(counts.values()).allSatisfy(count -> assertLikely(count, k / 6.0));
    }

    @Test
    void everySetOfRecordsIsAsLikelyAsAnyOther() {
        List<String> records = List.of("a", "b", "c", "d", "e", "f");
        for (int first : new int[] {0, 1, 2, 3, 6}) {
            Map<List<String>, Integer> counts = counts(sampleOf(3, first, records), Stream::of);
            assertThat(counts).hasSize(20);
            assertThat(counts.values()).allSatisfy(count -> assertLikely(count, 1 / 20.0));
        }
    }

    @Test
    void everySetOfRecordsIsAsLikelyAsAnyOtherInThreeParts() {
        List<List<Long>> parts = List.of(List.of(1L, 2L), List.of(3L, 4L), List.of(5L, 6L));
        for (int tree = 0; tree < 2; tree++) {
            int shape = tree;
            Map<List<Long>, Integer> counts = counts(
                    seed -> EveryWay.resultsOfParts(Folds.<Long>reservoir(2, seed), parts)
                            .toList()
                            .get(shape),
                    Stream::of);
            assertThat(counts).hasSize(15);
            assertThat(counts.values()).allSatisfy(count -> assertLikely(count, 1 / 15.0));
        }
    }

    @Test
    void largeSamplesAreSpreadOverTheWholeInput() {
        List<Integer> records = IntStream.range(0, 100_000).boxed().toList();
        List<List<Integer>> parts =
                List.of(records.subList(0, 10_000), records.subList(10_000, 50_000), records.subList(50_000, 100_000));
        EveryWay.resultsOfParts(Folds.<Integer>reservoir(10_000, 1), parts).forEach(sample -> {
            for (int tenth = 0; tenth < 10; tenth++) {
                int from = tenth * 10_000;
                assertThat(sample.stream()
                                .filter(x -> x >= from && x < from + 10_000)
                                .count())
                        .isBetween(850L, 1_150L);
            }
        });
    }

    @Test
    void aSampleHoldsNoMoreRecordsThanAreWanted() {
        assertThat(EveryWay.bytesHeld(Folds.reservoir(10, 1))).isLessThan(1_500);
    }

    @Test
    void aSampleCannotBeChanged() {
        List<Integer> sample = EveryWay.inOnePart(Folds.reservoir(2, 1), List.of(1, 2, 3));
        assertThatThrownBy(() -> sample.add(1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aNegativeSizeIsRefusedAtOnce() {
        assertThatThrownBy(() -> Folds.reservoir(-1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reservoir(-1, seed): k must be 0 or more");
    }

    /** The sample of two parts, the first of which has {@code first} records, by seed. */
    private static <T> Function<Long, List<T>> sampleOf(int k, int first, List<T> records) {
        List<List<T>> parts = List.of(records.subList(0, first), records.subList(first, records.size()));
        return seed -> EveryWay.resultsOfParts(Folds.<T>reservoir(k, seed), parts)
                .toList()
                .get(0);
    }

    /** How often each thing is seen in the samples of many seeds. */
    private static <T, U> Map<U, Integer> counts(Function<Long, List<T>> sample, Function<List<T>, Stream<U>> seen) {
        Map<U, Integer> counts = new HashMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            seen.apply(sample.apply(seed)).forEach(each -> counts.merge(each, 1, Integer::sum));
        }
        return counts;
    }

    /** Within five standard deviations; the seeds are always the same, so this passes always or never. */
    private static void assertLikely(int count, double probability) {
        double deviation = Math.sqrt(SEEDS * probability * (1 - probability));
        assertThat((double) count).isBetween(SEEDS * probability - 5 * deviation, SEEDS * probability + 5 * deviation);
    }
}
