package dev.bag;

import static dev.bag.testing.EveryRun.assertRecords;
import static dev.bag.testing.EveryRun.assertValue;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.Runners;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sorting, and the first and last in an order. Records are pairs of what is compared and of where they stand. */
@Tag("P2")
@Tag("P4")
class SortingTest {

    private static final Comparator<Pair<Integer, Integer>> BY_FIRST = Comparator.comparing(Pair::first);

    private static List<Pair<Integer, Integer>> numbered(List<Integer> keys) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> Pair.of(keys.get(i), i))
                .toList();
    }

    @Test
    void sortedIsTotalOverAllPartitionsAndStable() {
        List<Pair<Integer, Integer>> records =
                numbered(new Random(3).ints(500, 0, 20).boxed().toList());
        List<Pair<Integer, Integer>> sorted = new ArrayList<>(records);
        sorted.sort(BY_FIRST);
        assertRecords(records, bag -> bag.sorted(BY_FIRST), sorted);
        assertRecords(records, bag -> bag.sortBy(Pair::first), sorted);
        sorted.sort(BY_FIRST.reversed());
        assertRecords(records, bag -> bag.sorted(BY_FIRST.reversed()), sorted);
    }

    @Test
    void sortedInNaturalOrder() {
        assertRecords(List.of("b", "a", "c", "a"), Bag::sorted, List.of("a", "a", "b", "c"));
        assertRecords(List.of(), Bag::sorted, List.of());
    }

    @Test
    void sortedPartitionsDifferInSizeByAtMostOne() {
        Bag<Integer> bag = Bag.from(List.of(5, 4, 3, 2, 1, 0, 6), 3).sorted();
        assertThat(bag.partitionCount()).isEqualTo(3);
        assertThat(Delayed.all(bag.partitions()).compute(Runners.TWO))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4, 5, 6));
    }

    @Test
    void sortByAsksForTheKeyOnceARecord() {
        AtomicInteger asked = new AtomicInteger();
        List<Integer> records = new Random(5).ints(200).boxed().toList();
        Bag<Integer> sorted = Bag.from(records, 3).sortBy(n -> {
            asked.incrementAndGet();
            return -(long) n;
        });
        assertThat(sorted.compute(Runners.TWO))
                .isEqualTo(records.stream().sorted(Comparator.reverseOrder()).toList());
        assertThat(asked).hasValue(200);
    }

    @Test
    void recordsThatCannotBeComparedFailNamingTheOperator() {
        BagException failure = failure(
                () -> Bag.from(List.of(new Object(), new Object()), 1).sorted().compute(Runners.TWO));
        assertThat(failure.operator()).isEqualTo("sorted");
        assertThat(failure.getCause()).isInstanceOf(ClassCastException.class);
        IllegalStateException broken = new IllegalStateException("broken");
        failure = failure(() -> Bag.of(1, 2)
                .sorted((a, b) -> {
                    throw broken;
                })
                .compute(Runners.TWO));
        assertThat(failure.operator()).isEqualTo("sorted");
        assertThat(failure.getCause()).isSameAs(broken);
    }

    @Test
    void whatIsTakenOfASortIsTheBeginningOfIt() {
        List<Pair<Integer, Integer>> records =
                numbered(new Random(7).ints(300, 0, 9).boxed().toList());
        List<Pair<Integer, Integer>> sorted = new ArrayList<>(records);
        sorted.sort(BY_FIRST);
        for (int count : new int[] {0, 1, 7, 150, 299, 300, 301}) {
            List<Pair<Integer, Integer>> first = sorted.subList(0, Math.min(count, 300));
            assertRecords(records, bag -> bag.sorted(BY_FIRST).limit(count), first);
            assertRecords(records, bag -> bag.sortBy(Pair::first).limit(count), first);
        }
        assertRecords(records, bag -> bag.sorted(BY_FIRST).skip(20).limit(10), sorted.subList(20, 30));
        assertThat(Bag.from(records, 4).sorted(BY_FIRST).first(Runners.TWO)).contains(sorted.get(0));
    }

    @Test
    void whatIsTakenOfASortLiesInThePartitionsOfTheSort() {
        Bag<Integer> bag = Bag.from(List.of(5, 4, 3, 2, 1, 0, 6), 3).sorted().limit(5);
        assertThat(Delayed.all(bag.partitions()).compute(Runners.TWO))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
    }

    @Test
    void whatIsTakenOfASortFailsNamingTheSort() {
        Bag<Integer> bag = Bag.from(List.of(2, 1), 2)
                .sorted((a, b) -> {
                    throw new IllegalStateException("broken");
                })
                .named("by fate")
                .limit(1)
                .named("luckiest");
        BagException failure = failure(() -> bag.compute(Runners.TWO));
        assertThat(failure.getMessage()).isEqualTo("""
                sorted "by fate" failed: IllegalStateException: broken
                  chain: 2 records > by fate > luckiest > compute""");
    }

    @Test
    void topAndBottomAreInOrderAndTiesInInputOrder() {
        List<Pair<Integer, Integer>> records = numbered(List.of(2, 3, 1, 3, 2, 1, 3));
        assertValue(
                records,
                bag -> bag.topK(4, BY_FIRST),
                List.of(Pair.of(3, 1), Pair.of(3, 3), Pair.of(3, 6), Pair.of(2, 0)));
        assertValue(
                records,
                bag -> bag.bottomK(4, BY_FIRST),
                List.of(Pair.of(1, 2), Pair.of(1, 5), Pair.of(2, 0), Pair.of(2, 4)));
        assertValue(List.of(2, 9, 4), bag -> bag.topK(2), List.of(9, 4));
        assertValue(List.of(2, 9, 4), bag -> bag.bottomK(2), List.of(2, 4));
        assertValue(List.of(2, 9, 4), bag -> bag.topK(0), List.of());
        assertValue(List.of(2, 9, 4), bag -> bag.topK(9), List.of(9, 4, 2));
        assertValue(List.<Integer>of(), bag -> bag.bottomK(3), List.of());
    }

    @Test
    void ofEqualRecordsTheFirstIsTheLeastAndTheGreatest() {
        List<Pair<Integer, Integer>> records = numbered(List.of(2, 1, 3, 1, 3));
        assertValue(records, bag -> bag.min(BY_FIRST).map(least -> least.orElseThrow()), Pair.of(1, 1));
        assertValue(records, bag -> bag.max(BY_FIRST).map(most -> most.orElseThrow()), Pair.of(3, 2));
    }

    @Test
    void aNegativeNumberOfRecordsIsRefusedWhenTheValueIsBuilt() {
        assertThatThrownBy(() -> Bag.of(1).topK(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topK(-1): k must be 0 or more");
        assertThatThrownBy(() -> Bag.of(1).bottomK(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bottomK(-1): k must be 0 or more");
    }
}
