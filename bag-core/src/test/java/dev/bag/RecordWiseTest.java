package dev.bag;

import static dev.bag.testing.EveryRun.assertRecords;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.Cuts;
import dev.bag.testing.Runners;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators that look at one record at a time. */
@Tag("P2")
@Tag("P4")
class RecordWiseTest {

    private static final List<Integer> RECORDS = List.of(1, 2, 3, 4, 5, 6, 7);

    @Test
    void mapAnswersTheResultForEachRecord() {
        assertRecords(RECORDS, bag -> bag.map(n -> n * n), List.of(1, 4, 9, 16, 25, 36, 49));
    }

    @Test
    void mapNotNullLeavesOutNulls() {
        assertRecords(RECORDS, bag -> bag.mapNotNull(n -> n % 2 == 0 ? "" + n : null), List.of("2", "4", "6"));
    }

    @Test
    void filterKeepsAndFilterNotDrops() {
        assertRecords(RECORDS, bag -> bag.filter(n -> n > 4), List.of(5, 6, 7));
        assertRecords(RECORDS, bag -> bag.filterNot(n -> n > 4), List.of(1, 2, 3, 4));
        assertRecords(RECORDS, bag -> bag.filter(n -> false), List.of());
    }

    @Test
    void filterByClassKeepsAndCasts() {
        List<Object> mixed = List.of(1, "a", 2.5, "b", 2);
        assertRecords(mixed, bag -> bag.filter(Integer.class).map(n -> n + 1), List.of(2, 3));
        assertRecords(mixed, bag -> bag.filter(Number.class), List.of(1, 2.5, 2));
        assertRecords(List.<Object>of("a", "b"), bag -> bag.cast(String.class).map(String::length), List.of(1, 1));
    }

    @Test
    void castFailsOnARecordOfAnotherClass() {
        BagException failure =
                failure(() -> Bag.<Object>of("a", 1).cast(String.class).compute());
        assertThat(failure.operator()).isEqualTo("cast");
        assertThat(failure.partition()).hasValue(1);
        assertThat(failure).hasCauseExactlyInstanceOf(ClassCastException.class);
    }

    @Test
    @Tag("P1")
    void peekShowsEachRecordOnceAndPassesItOn() {
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        assertThat(Bag.from(RECORDS).peek(seen::add).compute(Runners.SEVEN)).isEqualTo(RECORDS);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(RECORDS);
    }

    @Test
    void peekShowsOnlyRecordsThatAreWantedFurtherOn() {
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        assertThat(Bag.from(RECORDS).peek(seen::add).take(3, Runners.SEVEN)).containsExactly(1, 2, 3);
        assertThat(seen).containsExactly(1, 2, 3);
    }

    @Test
    void flatMapAnswersAllElementsInOrder() {
        Function<Bag<Integer>, Bag<Integer>> twice = bag -> bag.flatMap(n -> Collections.nCopies(n % 3, n));
        assertRecords(RECORDS, twice, List.of(1, 2, 2, 4, 5, 5, 7));
        assertRecords(
                RECORDS,
                bag -> bag.flatMapStream(n -> IntStream.range(0, n % 3).mapToObj(i -> n)),
                List.of(1, 2, 2, 4, 5, 5, 7));
        assertRecords(
                RECORDS,
                bag -> bag.<Integer>mapMulti((n, out) -> {
                    for (int i = 0; i < n % 3; i++) {
                        out.accept(n);
                    }
                }),
                List.of(1, 2, 2, 4, 5, 5, 7));
    }

    @Test
    void flattenTakesAwayOneLevel() {
        List<List<List<Integer>>> nested = List.of(List.of(List.of(1), List.of(2)), List.of(), List.of(List.of(3)));
        assertRecords(nested, Bag::flatten, List.of(List.of(1), List.of(2), List.of(3)));
    }

    @Test
    @Tag("P28")
    void flatMapOverWhatNeverEndsStopsUnderALimit() {
        Iterable<Integer> naturals = () -> IntStream.iterate(0, n -> n + 1).iterator();
        for (Bag<Integer> bag : Cuts.of(RECORDS)) {
            for (Runner runner : Runners.ALL) {
                assertThat(bag.flatMap(n -> naturals).limit(3).compute(runner)).containsExactly(0, 1, 2);
                assertThat(bag.flatMapStream(n -> Stream.iterate(n, i -> i + 1)).take(3, runner))
                        .containsExactly(1, 2, 3);
                assertThat(bag.flatMap(n -> naturals).anyMatch(i -> i == 5_000).compute(runner))
                        .isTrue();
            }
        }
    }

    @Test
    void mapMultiMayMakeMoreThanIsWanted() {
        assertRecords(
                RECORDS,
                bag -> bag.<Integer>mapMulti((n, out) -> {
                            out.accept(n);
                            out.accept(-n);
                            out.accept(n);
                        })
                        .limit(4),
                List.of(1, -1, 1, 2));
    }

    @Test
    void eachStreamOfFlatMapStreamIsClosedOnce() {
        AtomicInteger closed = new AtomicInteger();
        Bag<Integer> bag = Bag.of(1, 2, 3).flatMapStream(n -> Stream.of(n, n).onClose(closed::incrementAndGet));
        assertThat(bag.compute(Runners.TWO)).containsExactly(1, 1, 2, 2, 3, 3);
        assertThat(closed).hasValue(3);
        assertThat(bag.take(3, Runners.TWO)).containsExactly(1, 1, 2);
        assertThat(closed).hasValue(5);
    }

    @Test
    void theStreamOfFlatMapStreamIsClosedOnFailureToo() {
        AtomicInteger closed = new AtomicInteger();
        Bag<Integer> bag = Bag.of(1).flatMapStream(n -> Stream.of(n, n).onClose(closed::incrementAndGet));
        BagException failure = failure(() -> bag.map(n -> n / (n - 1)).compute(Runners.TWO));
        assertThat(failure.operator()).isEqualTo("map");
        assertThat(closed).hasValue(1);
    }

    @Test
    void mapWithSeesOneValueComputedOnce() {
        AtomicInteger calls = new AtomicInteger();
        Delayed<Integer> base = Delayed.call(() -> 10 * calls.incrementAndGet());
        for (Bag<Integer> bag : Cuts.of(RECORDS)) {
            calls.set(0);
            assertThat(bag.mapWith(base, Integer::sum).compute(Runners.SEVEN))
                    .containsExactly(11, 12, 13, 14, 15, 16, 17);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void mapWithMayUseAValueOfTheSameBagAndANullValue() {
        assertRecords(
                RECORDS,
                bag -> bag.mapWith(bag.sumLong(n -> n), (n, sum) -> sum - n),
                List.of(27L, 26L, 25L, 24L, 23L, 22L, 21L));
        assertRecords(
                RECORDS,
                bag -> bag.mapWith(Delayed.<String>value(null), (n, none) -> n + ":" + none)
                        .limit(1),
                List.of("1:null"));
    }

    @Test
    void functionsThatAnswerNullFailNamingTheOperator() {
        String advice = "the function returned null, and a record is never null:"
                + " use mapNotNull to drop these records, or return an Optional";
        Bag<Integer> bag = Bag.from(List.of(1, 2), 1);
        Map<String, Bag<?>> answering = new LinkedHashMap<>();
        answering.put("map", bag.map(n -> n == 2 ? null : n));
        answering.put("mapWith", bag.mapWith(Delayed.value(0), (n, zero) -> n == 2 ? null : n));
        answering.put("mapWithResource", bag.mapWithResource(Object::new, (o, n) -> n == 2 ? null : n));
        answering.put("flatMap", bag.flatMap(n -> Arrays.asList(1, n == 2 ? null : n)));
        answering.put("flatMapStream", bag.flatMapStream(n -> Stream.of(1, n == 2 ? null : n)));
        answering.put("mapMulti", bag.<Integer>mapMulti((n, out) -> out.accept(n == 2 ? null : n)));
        answering.put("flatten", Bag.flatten(Bag.from(List.of(Arrays.asList(1, null)), 1)));
        answering.put("scan", bag.scan(0, (sum, n) -> n == 2 ? null : n));
        answering.put("zipWith", bag.zipWith(bag, (a, b) -> a == 2 ? null : a));
        answering.put(
                "mapPartitions",
                bag.mapPartitions(records -> Arrays.asList(1, (Integer) null).iterator()));
        answering.forEach((operator, failing) -> {
            BagException failure = failure(() -> failing.compute(Runners.TWO));
            assertThat(failure.operator()).isEqualTo(operator);
            assertThat(failure.partition()).as(operator).hasValue(0);
            assertThat(failure.getCause())
                    .as(operator)
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage(advice);
        });
    }

    @Test
    void functionsThatShouldAnswerSomethingToWalkFailWhenTheyAnswerNull() {
        Map<String, Bag<?>> answering = Map.of(
                "flatMap", Bag.of(1).flatMap(n -> null),
                "flatMapStream", Bag.of(1).flatMapStream(n -> null),
                "mapPartitions", Bag.of(1).mapPartitions(records -> null),
                "mapPartitionsWithIndex", Bag.of(1).mapPartitionsWithIndex((index, records) -> null),
                "mapWithResource", Bag.of(1).mapWithResource(() -> null, (resource, n) -> n));
        answering.forEach((operator, failing) -> {
            BagException failure = failure(() -> failing.compute(Runners.TWO));
            assertThat(failure.operator()).isEqualTo(operator);
            assertThat(failure.getCause()).isInstanceOf(NullPointerException.class);
            assertThat(failure.getCause().getMessage()).as(operator).contains("returned null");
        });
    }
}
