package dev.bag;

import static dev.bag.testing.EveryRun.assertRecords;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.fold.Folds;
import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.value.Pair;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators over the whole bag, in order: what one partition does depends on those before it. */
@Tag("P2")
@Tag("P4")
@Tag("P7")
class WholeBagTest {

    /** The limit of the first partition wants no more of the running sum, but the second partition does. */
    @Test
    void whatOneReaderDoesNotWantAnyMoreIsCarriedOnForAnother() {
        Bag<Integer> numbers = Bag.from(List.of(1, 10, 100, 1000), 2);
        Bag<Integer> sums = numbers.scan(Integer::sum);
        Bag<Integer> zipped = numbers.zipWith(sums, (number, sum) -> sum);
        for (Bag<Integer> bag : List.of(sums, zipped, zipped.map(x -> x).named("same"))) {
            assertThat(Bag.concatAll(List.of(bag.limit(1), bag.partition(1))).compute())
                    .containsExactly(1, 111, 1111);
            assertThat(Bag.concatAll(List.of(bag.partition(1), bag.limit(1), bag.partition(0)))
                            .compute())
                    .containsExactly(111, 1111, 1, 1, 11);
        }
    }

    private static final List<Integer> RECORDS = List.of(1, 2, 3, 4, 5, 6, 7);

    @Test
    void limitAndSkipCutTheBagWhereverThePartitionsAre() {
        for (int n = 0; n <= 9; n++) {
            int count = n;
            int cut = Math.min(n, RECORDS.size());
            assertRecords(RECORDS, bag -> bag.limit(count), RECORDS.subList(0, cut));
            assertRecords(RECORDS, bag -> bag.skip(count), RECORDS.subList(cut, RECORDS.size()));
            assertRecords(
                    RECORDS, bag -> bag.skip(count).limit(2), RECORDS.subList(cut, Math.min(cut + 2, RECORDS.size())));
        }
        assertRecords(RECORDS, bag -> bag.limit(Long.MAX_VALUE), RECORDS);
        assertRecords(RECORDS, bag -> bag.skip(Long.MAX_VALUE), List.of());
    }

    @Test
    void limitAndSkipAndTakeWhileKeepThePartitions() {
        Bag<Integer> bag = Bag.from(RECORDS, 3);
        assertThat(Delayed.all(bag.limit(3).partitions()).compute(Runners.TWO))
                .containsExactly(List.of(1, 2), List.of(3), List.of());
        assertThat(Delayed.all(bag.skip(3).partitions()).compute(Runners.TWO))
                .containsExactly(List.of(), List.of(4), List.of(5, 6, 7));
        assertThat(Delayed.all(bag.takeWhile(n -> n < 4).partitions()).compute(Runners.TWO))
                .containsExactly(List.of(1, 2), List.of(3), List.of());
    }

    @Test
    void takeWhileEndsAtTheFirstRecordThatIsNotKept() {
        assertRecords(RECORDS, bag -> bag.takeWhile(n -> n != 4), List.of(1, 2, 3));
        assertRecords(RECORDS, bag -> bag.takeWhile(n -> true), RECORDS);
        assertRecords(RECORDS, bag -> bag.takeWhile(n -> false), List.of());
    }

    @Test
    void takeWhileAsksNoFurther() {
        for (Runner runner : Runners.ALL) {
            Queue<Integer> asked = new ConcurrentLinkedQueue<>();
            Bag<Integer> bag = Bag.from(RECORDS, 5).takeWhile(n -> {
                asked.add(n);
                return n < 3;
            });
            assertThat(bag.compute(runner)).containsExactly(1, 2);
            assertThat(asked).containsExactly(1, 2, 3);
        }
    }

    @Test
    @Tag("P29")
    void limitTakeAndFirstReadNoFurtherThanTheyNeed() {
        for (Runner runner : Runners.ALL) {
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(RECORDS, 3));
            Bag<Integer> bag = Bag.from(source);
            assertThat(bag.limit(3).compute(runner)).containsExactly(1, 2, 3);
            assertThat(source.probe().records).hasValue(3);
            assertThat(source.probe().opened).hasValue(2);
            assertThat(bag.take(1, runner)).containsExactly(1);
            assertThat(source.probe().records).hasValue(4);
            assertThat(bag.first(runner)).contains(1);
            assertThat(source.probe().records).hasValue(5);
            assertThat(bag.take(0, runner)).isEmpty();
            assertThat(bag.limit(0).count().compute(runner)).isZero();
            assertThat(source.probe().opened).hasValue(4);
            source.probe().assertClean();
        }
    }

    @Test
    void takeReadsOnOverEmptyPartitionsUntilThereIsEnough() {
        List<List<List<Integer>>> parts = List.of(List.of(), List.of(List.of(1)), List.of(), List.of(List.of(2, 3)));
        for (Runner runner : Runners.ALL) {
            assertThat(Bag.from(ProbedSource.of(parts)).take(2, runner)).containsExactly(1, 2);
            assertThat(Bag.from(ProbedSource.of(parts)).take(9, runner)).containsExactly(1, 2, 3);
            assertThat(Bag.from(ProbedSource.of(parts)).filter(n -> n == 3).first(runner))
                    .contains(3);
        }
    }

    @Test
    void zipWithIndexCountsOverAllPartitions() {
        assertRecords(
                List.of("a", "b", "c"),
                Bag::zipWithIndex,
                List.of(Pair.of("a", 0L), Pair.of("b", 1L), Pair.of("c", 2L)));
        assertRecords(
                RECORDS, bag -> bag.filter(n -> n % 3 == 0).zipWithIndex(), List.of(Pair.of(3, 0L), Pair.of(6, 1L)));
        assertRecords(List.of(), Bag::zipWithIndex, List.of());
    }

    @Test
    void scanRunsThroughTheWholeBag() {
        assertRecords(RECORDS, bag -> bag.scan(Integer::sum), List.of(1, 3, 6, 10, 15, 21, 28));
        assertRecords(List.of("a", "b", "c"), bag -> bag.scan(String::concat), List.of("a", "ab", "abc"));
        assertRecords(List.of(5), bag -> bag.scan(Integer::sum), List.of(5));
        assertRecords(List.<Integer>of(), bag -> bag.scan(Integer::sum), List.of());
    }

    @Test
    void scanWithAnInitialValueAnswersItFirst() {
        assertRecords(
                RECORDS,
                bag -> bag.scan("", (text, n) -> text + n),
                List.of("", "1", "12", "123", "1234", "12345", "123456", "1234567"));
        assertRecords(List.<Integer>of(), bag -> bag.scan(7, Integer::sum), List.of(7));
        assertRecords(RECORDS, bag -> bag.scan(0, Integer::sum).limit(2), List.of(0, 1));
        assertRecords(RECORDS, bag -> bag.filter(n -> n > 9).scan(7, Integer::sum), List.of(7));
    }

    @Test
    void scanPassesOverEmptyPartitions() {
        List<List<List<Integer>>> parts =
                List.of(List.of(), List.of(List.of(1, 2)), List.of(), List.of(), List.of(List.of(3)), List.of());
        for (Runner runner : Runners.ALL) {
            Bag<Integer> bag = Bag.from(ProbedSource.of(parts));
            assertThat(bag.scan(Integer::sum).compute(runner)).containsExactly(1, 3, 6);
            assertThat(Delayed.all(bag.scan(10, Integer::sum).partitions()).compute(runner))
                    .containsExactly(List.of(10), List.of(11, 13), List.of(), List.of(), List.of(16), List.of());
        }
    }

    @Test
    void severalOperatorsThatCountMayFollowEachOther() {
        List<Integer> many = IntStream.range(0, 100).boxed().toList();
        assertRecords(
                many,
                bag -> bag.skip(10)
                        .scan(Integer::sum)
                        .zipWithIndex()
                        .filter(pair -> pair.second() % 2 == 0)
                        .skip(1)
                        .takeWhile(pair -> pair.second() < 7)
                        .limit(2),
                List.of(Pair.of(10 + 11 + 12, 2L), Pair.of(10 + 11 + 12 + 13 + 14, 4L)));
    }

    @Test
    void aLimitOfABagBesideItselfCountsEachOccurrence() {
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3), 2);
        for (Runner runner : Runners.ALL) {
            assertThat(bag.concat(bag).limit(5).compute(runner)).containsExactly(1, 2, 3, 1, 2);
            assertThat(bag.limit(2).concat(bag.skip(1)).compute(runner)).containsExactly(1, 2, 2, 3);
            assertThat(bag.concat(bag).zipWithIndex().skip(4).compute(runner))
                    .containsExactly(Pair.of(2, 4L), Pair.of(3, 5L));
            assertThat(bag.concat(bag.map(n -> -n)).scan(Integer::sum).compute(runner))
                    .containsExactly(1, 3, 6, 5, 3, 0);
        }
    }

    @Test
    void oneLimitedBagMayHaveSeveralUses() {
        ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(RECORDS, 3));
        Bag<Integer> five = Bag.from(source).limit(5);
        Delayed<Long> count = five.count();
        Delayed<List<Integer>> two = five.limit(2).fold(Folds.toList());
        Delayed<Long> sum = five.skip(1).sumLong(n -> n);
        Results results = Delayed.computeAll(Runners.TWO, count, two, sum);
        assertThat(results.get(count)).isEqualTo(5);
        assertThat(results.get(two)).containsExactly(1, 2);
        assertThat(results.get(sum)).isEqualTo(14);
        assertThat(source.probe().records).hasValue(5);
    }

    @Test
    void aNegativeCountIsRefusedWhenTheBagIsBuilt() {
        assertThatThrownBy(() -> Bag.of(1).limit(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit(-1): the count must be 0 or more");
        assertThatThrownBy(() -> Bag.of(1).skip(-2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("skip(-2): the count must be 0 or more");
        assertThatThrownBy(() -> Bag.of(1).take(-3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("take(-3): the count must be 0 or more");
    }

    @Test
    void aFailureBehindALimitIsNotReached() {
        for (Runner runner : Runners.ALL) {
            Bag<Integer> bag = Bag.from(RECORDS, 5).map(n -> 12 / (4 - n));
            assertThat(bag.take(3, runner)).containsExactly(4, 6, 12);
            assertThat(failure(() -> bag.take(4, runner))).hasCauseInstanceOf(ArithmeticException.class);
        }
    }
}
