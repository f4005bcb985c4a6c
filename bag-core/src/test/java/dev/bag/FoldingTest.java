package dev.bag;

import static dev.bag.testing.EveryRun.assertValue;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bag.fold.Fold;
import dev.bag.fold.Folds;
import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.value.Stats;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Folds of whole bags. */
@Tag("P2")
@Tag("P4")
class FoldingTest {

    private static final List<Integer> RECORDS = List.of(3, 1, 4, 1, 5, 9, 2, 6);

    @Test
    void foldsMergePartsInOrder() {
        assertValue(RECORDS, bag -> bag.fold(() -> "", (text, n) -> text + n, String::concat), "31415926");
        assertValue(RECORDS, bag -> bag.map(n -> "" + n).reduce(String::concat), Optional.of("31415926"));
        assertValue(RECORDS, bag -> bag.map(n -> "" + n).fold(Folds.joining("-")), "3-1-4-1-5-9-2-6");
    }

    @Test
    void anAccumulatorMayBeMutable() {
        assertValue(
                RECORDS,
                bag -> bag.fold(
                        () -> new ArrayList<Integer>(),
                        (list, n) -> {
                            list.add(n);
                            return list;
                        },
                        (left, right) -> {
                            left.addAll(right);
                            return left;
                        }),
                new ArrayList<>(RECORDS));
    }

    @Test
    void anAccumulatorMayBeNull() {
        assertValue(
                RECORDS,
                bag -> bag.<Integer>fold(
                        () -> null,
                        (most, n) -> most == null || n > most ? n : most,
                        (left, right) -> left == null || right != null && right > left ? right : left),
                9);
        assertValue(
                List.<Integer>of(),
                bag -> bag.<Integer>fold(() -> null, (a, n) -> n, (a, b) -> a == null ? b : a),
                null);
    }

    @Test
    void collectorsOfTheJdkSeeAllRecordsInOrder() {
        assertValue(RECORDS, bag -> bag.collect(Collectors.toList()), RECORDS);
        assertValue(
                RECORDS, bag -> bag.collect(Collectors.toCollection(LinkedHashSet::new)), new LinkedHashSet<>(RECORDS));
        assertValue(RECORDS, bag -> bag.map(n -> "" + n).collect(Collectors.joining(",")), "3,1,4,1,5,9,2,6");
        assertValue(
                RECORDS,
                bag -> bag.collect(Collectors.groupingBy(n -> n % 3, TreeMap::new, Collectors.toList())),
                new TreeMap<>(Map.of(0, List.of(3, 9, 6), 1, List.of(1, 4, 1), 2, List.of(5, 2))));
        assertValue(RECORDS, bag -> bag.collect(Collectors.toUnmodifiableSet()), Set.copyOf(RECORDS));
    }

    @Test
    void numbersAreSummedCountedAndAveraged() {
        assertValue(RECORDS, Bag::count, 8L);
        assertValue(RECORDS, bag -> bag.sum(n -> n / 2.0), 15.5);
        assertValue(RECORDS, bag -> bag.sumLong(n -> n), 31L);
        assertValue(RECORDS, bag -> bag.mean(n -> n), 31 / 8.0);
        assertValue(RECORDS, bag -> bag.min(Integer::compare), Optional.of(1));
        assertValue(RECORDS, bag -> bag.max(Integer::compare), Optional.of(9));
    }

    @Test
    @Tag("P7")
    void nothingHasTheAnswersOfNothing() {
        List<Integer> nothing = List.of();
        assertValue(nothing, Bag::count, 0L);
        assertValue(nothing, bag -> bag.sum(n -> n), 0.0);
        assertValue(nothing, bag -> bag.sumLong(n -> n), 0L);
        assertValue(nothing, bag -> bag.mean(n -> n), Double.NaN);
        assertValue(nothing, bag -> bag.min(Integer::compare), Optional.empty());
        assertValue(nothing, bag -> bag.max(Integer::compare), Optional.empty());
        assertValue(nothing, bag -> bag.reduce(Integer::sum), Optional.empty());
        assertValue(nothing, bag -> bag.anyMatch(n -> true), false);
        assertValue(nothing, bag -> bag.allMatch(n -> false), true);
        assertValue(nothing, bag -> bag.noneMatch(n -> true), true);
        assertValue(nothing, bag -> bag.fold(Folds.toList()), List.of());
        assertValue(nothing, bag -> bag.stats(n -> n), new Stats(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void whatRoundingLosesIsMadeUpFor() {
        assertValue(List.of(1e16, 1.0, -1e16), bag -> bag.sum(n -> n), 1.0);
        assertValue(List.of(1.0, 1e100, 1.0, -1e100), bag -> bag.sum(n -> n), 2.0);
    }

    @Test
    void aSumOfLongsMayLeaveTheRangeOnTheWayAndNotAtTheEnd() {
        assertValue(
                List.of(Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE),
                bag -> bag.sumLong(n -> n),
                -2L);
        for (Bag<Long> bag : Cuts.of(List.of(Long.MAX_VALUE, 1L))) {
            BagException failure = failure(() -> bag.sumLong(n -> n).compute(Runners.TWO));
            assertThat(failure.operator()).isEqualTo("sumLong");
            assertThat(failure).hasCauseInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void aLargeMeanDoesNotDrownTheVariance() {
        for (Bag<Integer> bag : Cuts.of(List.of(1, 2, 3))) {
            for (Runner runner : Runners.ALL) {
                Stats stats = bag.stats(n -> 1e9 + n).compute(runner);
                assertThat(stats.count()).isEqualTo(3);
                assertThat(stats.sum()).isEqualTo(3e9 + 6);
                assertThat(stats.mean()).isEqualTo(1e9 + 2);
                assertThat(stats.variance()).isCloseTo(2 / 3.0, within(1e-12));
                assertThat(stats.min()).isEqualTo(1e9 + 1);
                assertThat(stats.max()).isEqualTo(1e9 + 3);
            }
        }
    }

    @Test
    void matchesAreWhatTheySay() {
        assertValue(RECORDS, bag -> bag.anyMatch(n -> n == 9), true);
        assertValue(RECORDS, bag -> bag.anyMatch(n -> n == 7), false);
        assertValue(RECORDS, bag -> bag.allMatch(n -> n < 10), true);
        assertValue(RECORDS, bag -> bag.allMatch(n -> n != 9), false);
        assertValue(RECORDS, bag -> bag.noneMatch(n -> n == 7), true);
        assertValue(RECORDS, bag -> bag.noneMatch(n -> n == 9), false);
    }

    @Test
    @Tag("P29")
    void readingStopsAtTheRecordThatDecidesAMatch() {
        for (Runner runner : List.of(Runner.inline(), Runners.ONE)) {
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(RECORDS, 4));
            Bag<Integer> bag = Bag.from(source);
            assertThat(bag.anyMatch(n -> n == 4).compute(runner)).isTrue();
            assertThat(source.probe().records).hasValue(3);
            assertThat(bag.allMatch(n -> n == 3).compute(runner)).isFalse();
            assertThat(source.probe().records).hasValue(5);
            assertThat(bag.noneMatch(n -> n == 3).compute(runner)).isFalse();
            assertThat(source.probe().records).hasValue(6);
            source.probe().assertClean();
        }
    }

    @Test
    void aMatchThatIsDecidedStopsNoOtherResultOfTheRun() {
        Bag<Integer> bag = Bag.from(RECORDS, 4);
        Delayed<Boolean> any = bag.anyMatch(n -> n == 3);
        Delayed<Long> count = bag.count();
        for (Runner runner : Runners.ALL) {
            Results results = Delayed.computeAll(runner, any, count);
            assertThat(results.get(any)).isTrue();
            assertThat(results.get(count)).isEqualTo(8);
        }
    }

    @Test
    void eachFunctionOfAFoldThatFailsIsNamed() {
        IllegalStateException broken = new IllegalStateException("broken");
        Bag<Integer> bag = Bag.from(IntStream.range(0, 8).boxed().toList(), 2);
        List<Delayed<?>> failing = List.of(
                bag.<Integer>fold(
                        () -> {
                            throw broken;
                        },
                        (a, n) -> a,
                        (a, b) -> a),
                bag.<Integer>fold(
                        () -> 0,
                        (a, n) -> {
                            throw broken;
                        },
                        (a, b) -> a),
                bag.<Integer>fold(() -> 0, (a, n) -> a, (a, b) -> {
                    throw broken;
                }),
                bag.fold(Fold.<Integer, Integer, Integer>of(() -> 0, (a, n) -> a, (a, b) -> a, a -> {
                    throw broken;
                })));
        for (Delayed<?> each : failing) {
            for (Runner runner : Runners.ALL) {
                BagException failure = failure(() -> each.compute(runner));
                assertThat(failure.operator()).isEqualTo("fold");
                assertThat(failure.getCause()).isSameAs(broken);
            }
        }
    }

    @Test
    void theListsThatActionsAnswerCannotBeChanged() {
        List<List<Integer>> lists = List.of(
                Bag.from(RECORDS).compute(),
                Bag.from(RECORDS).take(2),
                Bag.from(RECORDS).partitions().get(0).compute(),
                Bag.from(RECORDS).topK(2).compute());
        for (List<Integer> list : lists) {
            assertThatThrownBy(() -> list.set(0, 1)).isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
