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
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators that see a partition as a whole, and those that say what the partitions are. */
@Tag("P2")
@Tag("P7")
class PartitionWiseTest {

    private static final List<Integer> RECORDS = List.of(1, 2, 3, 4, 5, 6, 7);

    private static <T> List<List<T>> partitions(Bag<T> bag, Runner runner) {
        return Delayed.all(bag.partitions()).compute(runner);
    }

    @Test
    void mapPartitionsSeesEachPartitionOnceEmptyOnesToo() {
        Bag<Integer> bag = Bag.from(ProbedSource.of(List.of(
                List.of(),
                List.of(List.of(1, 2), List.of(3)),
                List.of(List.of()),
                Cuts.parts(List.of(4), 1).get(0))));
        for (Runner runner : Runners.ALL) {
            assertThat(bag.mapPartitionsWithIndex((index, records) ->
                                    List.of(index + "" + listOf(records)).iterator())
                            .compute(runner))
                    .containsExactly("0[]", "1[1, 2, 3]", "2[]", "3[4]");
        }
    }

    private static <T> List<T> listOf(Iterator<T> records) {
        List<T> list = new ArrayList<>();
        records.forEachRemaining(list::add);
        return list;
    }

    @Test
    void theIteratorOfAPartitionKeepsTheRulesOfIterators() {
        List<Object> seen = Bag.from(List.of(1, 2), 1)
                .<Object>mapPartitions(records -> {
                    List<Object> answers = new ArrayList<>();
                    answers.add(records.next());
                    answers.add(records.hasNext());
                    answers.add(records.hasNext());
                    answers.add(records.next());
                    answers.add(records.hasNext());
                    try {
                        answers.add(records.next());
                    } catch (NoSuchElementException e) {
                        answers.add(e.getMessage());
                    }
                    return answers.iterator();
                })
                .compute(Runners.TWO);
        assertThat(seen).containsExactly(1, true, true, 2, false, "the partition has no more records");
    }

    @Test
    @Tag("P29")
    void mapPartitionsReadsNoFurtherThanItIsAsked() {
        ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(RECORDS, 2));
        Bag<Integer> firsts = Bag.from(source)
                .mapPartitions(records -> List.of(records.next()).iterator());
        assertThat(firsts.compute(Runners.TWO)).containsExactly(1, 4);
        assertThat(source.probe().records).hasValue(2);
        source.probe().assertClean();
    }

    @Test
    void mapPartitionsMayBeEndlessUnderALimit() {
        Bag<Integer> endless = Bag.of(1, 2)
                .mapPartitions(records ->
                        IntStream.iterate(records.next(), n -> n + 10).iterator());
        assertThat(endless.limit(3).compute(Runners.TWO)).containsExactly(1, 11, 21);
        assertThat(endless.take(2, Runners.SEVEN)).containsExactly(1, 11);
    }

    /** An iterator that counts how often it is closed. */
    private record Closeable(Iterator<Integer> records, AtomicInteger closed)
            implements Iterator<Integer>, AutoCloseable {

        @Override
        public boolean hasNext() {
            return records.hasNext();
        }

        @Override
        public Integer next() {
            return records.next();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    @Tag("P29")
    void anIteratorThatCanBeClosedIsClosedOnceWhateverHappens() {
        for (Runner runner : Runners.ALL) {
            AtomicInteger closed = new AtomicInteger();
            Bag<Integer> bag = Bag.from(RECORDS, 2).mapPartitions(records -> new Closeable(records, closed));
            assertThat(bag.compute(runner)).isEqualTo(RECORDS);
            assertThat(closed).hasValue(2);
            assertThat(bag.take(2, runner)).containsExactly(1, 2);
            assertThat(closed).hasValue(3);
            failure(() -> bag.map(n -> 1 / (n - 1)).compute(runner));
            assertThat(closed.get()).isBetween(4, 5);
        }
    }

    @Test
    void operatorsThatCountSeeRecordsThatAPartitionWiseOperatorLeavesUnread() {
        Bag<Integer> bag = Bag.from(RECORDS, 3);
        for (Runner runner : Runners.ALL) {
            assertThat(firsts(bag.zipWithIndex()).compute(runner))
                    .containsExactly(Pair.of(1, 0L), Pair.of(3, 2L), Pair.of(5, 4L));
            assertThat(firsts(bag.scan(Integer::sum)).compute(runner)).containsExactly(1, 6, 15);
            assertThat(firsts(bag.skip(1)).compute(runner)).containsExactly(2, 3, 5);
            assertThat(firsts(bag.limit(3)).compute(runner)).containsExactly(1, 3);
            assertThat(firsts(bag.takeWhile(n -> n != 2)).compute(runner)).containsExactly(1);
        }
    }

    private static <T> Bag<T> firsts(Bag<T> bag) {
        return bag.mapPartitions(
                records -> records.hasNext() ? List.of(records.next()).iterator() : Collections.emptyIterator());
    }

    /** What is pulled first is not what comes first: the partitions before it are left unread. */
    @Test
    void operatorsThatCountSeeThePartitionsOfAZipInOrder() {
        Bag<Integer> sums = Bag.from(RECORDS, 3).zipWith(Bag.from(RECORDS, 3), Integer::sum);
        List<Bag<?>> counted = List.of(
                sums.limit(4), sums.skip(1), sums.takeWhile(n -> n < 10), sums.scan(Integer::sum), sums.zipWithIndex());
        List<List<?>> expected = List.of(
                List.of(6, 8), List.of(6, 8), List.of(6, 8), List.of(12, 20), List.of(Pair.of(6, 2L), Pair.of(8, 3L)));
        for (Runner runner : Runners.ALL) {
            for (int i = 0; i < counted.size(); i++) {
                assertThat(secondZipped(counted.get(i), runner))
                        .as(counted.get(i).toString())
                        .isEqualTo(expected.get(i));
            }
        }
    }

    private static <T> List<T> secondZipped(Bag<T> bag, Runner runner) {
        Bag<T> second = bag.mapPartitionsWithIndex(
                        (index, records) -> index == 1 ? records : Collections.<T>emptyIterator())
                .repartition(1);
        return second.zipWith(second, (a, b) -> a).compute(runner);
    }

    @Test
    void joinedPartitionsKeepTheirOrderWhenAnotherOperatorPullsTheLastFirst() {
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3, 4), 2);
        Delayed<List<Integer>> joined =
                Delayed.all(bag.repartition(1).partitions()).map(lists -> lists.get(0));
        Delayed<List<Pair<Integer, Integer>>> swapped =
                bag.partition(1).zip(bag.partition(0)).fold(Folds.toList());
        for (Runner runner : Runners.ALL) {
            assertThat(joined.zip(swapped).compute(runner))
                    .isEqualTo(Pair.of(List.of(1, 2, 3, 4), List.of(Pair.of(3, 1), Pair.of(4, 2))));
        }
    }

    @Test
    void onePartitionOfABagThatCountsIsThatOfTheWholeBag() {
        Bag<Integer> bag = Bag.from(RECORDS, 3);
        for (Runner runner : Runners.ALL) {
            assertThat(bag.zipWithIndex().partition(2).compute(runner))
                    .containsExactly(Pair.of(5, 4L), Pair.of(6, 5L), Pair.of(7, 6L));
            assertThat(bag.scan(Integer::sum).partition(1).compute(runner)).containsExactly(6, 10);
            assertThat(bag.scan(100, Integer::sum).partition(2).compute(runner)).containsExactly(115, 121, 128);
            assertThat(bag.limit(3).partition(1).compute(runner)).containsExactly(3);
            assertThat(bag.skip(3).partition(1).compute(runner)).containsExactly(4);
            assertThat(bag.takeWhile(n -> n != 2).partition(1).compute(runner)).isEmpty();
        }
    }

    @Test
    @Tag("P29")
    void onePartitionIsReadWithoutTheOthers() {
        ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(RECORDS, 5));
        Bag<Integer> bag = Bag.from(source).map(n -> n * 10);
        assertThat(bag.partition(3).compute(Runners.TWO)).containsExactly(50);
        assertThat(bag.partition(3).partitionCount()).isEqualTo(1);
        assertThat(source.probe().opened).hasValue(1);
        source.probe().assertClean();
    }

    @Test
    void aPartitionThatIsNotThereIsRefusedWhenTheBagIsBuilt() {
        assertThatThrownBy(() -> Bag.from(RECORDS, 2).partition(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("partition(2): the bag has partitions 0 to 1");
        assertThatThrownBy(() -> Bag.from(RECORDS, 2).partition(-1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("partition(-1): the bag has partitions 0 to 1");
    }

    @Test
    void fewerPartitionsAreNeighboursJoinedEvenlyByNumber() {
        Bag<Integer> five = Bag.from(ProbedSource.of(Cuts.parts(List.of(1, 2, 3, 4, 5), 5)));
        for (Runner runner : Runners.ALL) {
            assertThat(partitions(five.repartition(2), runner)).containsExactly(List.of(1, 2), List.of(3, 4, 5));
            assertThat(partitions(five.repartition(3), runner))
                    .containsExactly(List.of(1), List.of(2, 3), List.of(4, 5));
            assertThat(partitions(five.repartition(1), runner)).containsExactly(List.of(1, 2, 3, 4, 5));
        }
    }

    @Test
    void morePartitionsHaveSizesThatDifferByAtMostOneWhateverTheyWereBefore() {
        List<List<List<Integer>>> uneven =
                List.of(List.of(), List.of(List.of(1, 2, 3, 4, 5), List.of(6)), List.of(List.of(7)));
        for (Runner runner : Runners.ALL) {
            Bag<Integer> bag = Bag.from(ProbedSource.of(uneven));
            assertThat(partitions(bag.repartition(4), runner))
                    .containsExactly(List.of(1), List.of(2, 3), List.of(4, 5), List.of(6, 7));
            assertThat(partitions(Bag.<Integer>empty().repartition(3), runner))
                    .containsExactly(List.of(), List.of(), List.of());
        }
    }

    @Test
    void aBagBesideItselfIsJoinedInOrder() {
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3), 1);
        for (Runner runner : Runners.ALL) {
            Bag<Integer> joined = bag.concat(bag).repartition(1);
            assertThat(joined.mapPartitions(records -> records).compute(runner)).containsExactly(1, 2, 3, 1, 2, 3);
            assertThat(joined.sample(1, 7).compute(runner)).containsExactly(1, 2, 3, 1, 2, 3);
            assertThat(partitions(joined, runner)).containsExactly(List.of(1, 2, 3, 1, 2, 3));
        }
    }

    @Test
    void lessThanOnePartitionIsRefusedWhenTheBagIsBuilt() {
        assertThatThrownBy(() -> Bag.of(1).repartition(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("repartition(0): a bag has at least 1 partition");
    }

    @Test
    void zipPairsRecordsAtTheSamePlace() {
        Bag<String> names = Bag.from(ProbedSource.of(Cuts.parts(List.of("a", "b", "c", "d", "e", "f", "g"), 3)));
        Bag<Integer> numbers = Bag.from(ProbedSource.of(Cuts.parts(RECORDS, 3)));
        for (Runner runner : Runners.ALL) {
            assertThat(names.zip(numbers).take(2, runner)).containsExactly(Pair.of("a", 1), Pair.of("b", 2));
            assertThat(names.zipWith(numbers, (name, n) -> name + n).compute(runner))
                    .containsExactly("a1", "b2", "c3", "d4", "e5", "f6", "g7");
            assertThat(names.zip(numbers).partitionCount()).isEqualTo(3);
        }
    }

    @Test
    @Tag("P4")
    void aBagIsZippedWithWhatIsMadeOfItInOnePass() {
        for (Runner runner : Runners.ALL) {
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(RECORDS, 2));
            Bag<Integer> bag = Bag.from(source);
            assertThat(bag.zipWith(bag.map(n -> n * n), Integer::sum).compute(runner))
                    .containsExactly(2, 6, 12, 20, 30, 42, 56);
            assertThat(source.probe().opened).hasValue(2);
        }
    }

    @Test
    void bagsWithDifferentNumbersOfPartitionsAreNotZipped() {
        assertThatThrownBy(() -> Bag.from(RECORDS, 2).zip(Bag.from(RECORDS, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("zip: one bag has 2 partitions, the other 3;"
                        + " bring both to the same number with repartition(n)");
        assertThatThrownBy(() -> Bag.from(RECORDS, 2).zipWith(Bag.from(RECORDS, 3), Integer::sum))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("zipWith: one bag has 2 partitions, the other 3");
    }

    @Test
    void partitionsOfDifferentLengthsFailWhenZipped() {
        Bag<Integer> two = Bag.from(ProbedSource.of(List.of(List.of(List.of(1)), List.of(List.of(2)))));
        Bag<Integer> three = Bag.from(ProbedSource.of(List.of(List.of(List.of(1)), List.of(List.of(2, 3)))));
        for (Runner runner : Runners.ALL) {
            assertThat(failure(() -> two.zip(three).compute(runner)))
                    .hasMessageContaining("the first bag ends after 1 record")
                    .satisfies(failure -> assertThat(failure.partition()).hasValue(1));
            assertThat(failure(() -> three.zip(two).compute(runner)))
                    .hasMessageContaining("the second bag ends after 1 record");
            assertThat(two.zip(three).take(1, runner)).containsExactly(Pair.of(1, 1));
        }
    }

    @Test
    void aZipOfManyJoinedPartitionsKeepsItsPlace() {
        Bag<Integer> bag = Bag.from(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 3);
        Bag<Integer> wide = bag.concat(bag)
                .repartition(1)
                .zipWith(bag.map(n -> n + 1).concat(bag).repartition(1), (a, b) -> 10 * a + b);
        Bag<Integer> both = bag.concat(wide);
        for (Runner runner : Runners.ALL) {
            assertThat(both.zipWith(both.map(n -> -n), (a, b) -> a)
                            .repartition(1)
                            .mapPartitions(records -> records)
                            .compute(runner))
                    .containsExactly(
                            1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 23, 34, 45, 56, 67, 78, 89, 100, 11, 22, 33, 44, 55, 66, 77,
                            88, 99);
        }
    }

    @Test
    void productPairsEachWithEach() {
        Bag<Integer> numbers = Bag.from(List.of(1, 2, 3), 2);
        Bag<String> letters = Bag.from(List.of("a", "b"), 2);
        for (Runner runner : Runners.ALL) {
            assertThat(partitions(numbers.product(letters), runner))
                    .containsExactly(
                            List.of(Pair.of(1, "a")),
                            List.of(Pair.of(1, "b")),
                            List.of(Pair.of(2, "a"), Pair.of(3, "a")),
                            List.of(Pair.of(2, "b"), Pair.of(3, "b")));
            assertThat(numbers.product(numbers).count().compute(runner)).isEqualTo(9);
            assertThat(numbers.product(Bag.empty()).compute(runner)).isEmpty();
            assertThat(Bag.empty().product(numbers).compute(runner)).isEmpty();
        }
    }

    /** A resource that notes what happens to it. */
    private record Connection(Queue<String> log) implements AutoCloseable {

        Connection {
            log.add("open");
        }

        @Override
        public void close() {
            log.add("close");
        }
    }

    @Test
    @Tag("P29")
    void aResourceIsOpenedOnceForEachPartitionThatHasRecordsAndClosedAfterIt() {
        List<List<List<Integer>>> parts = List.of(List.of(List.of(1, 2), List.of(3)), List.of(), List.of(List.of(4)));
        for (Runner runner : Runners.ALL) {
            Queue<String> log = new ConcurrentLinkedQueue<>();
            Bag<Integer> bag = Bag.from(ProbedSource.of(parts))
                    .mapWithResource(() -> new Connection(log), (connection, n) -> {
                        connection.log().add("use");
                        return n;
                    });
            assertThat(bag.compute(runner)).containsExactly(1, 2, 3, 4);
            assertThat(log).filteredOn("open"::equals).hasSize(2);
            assertThat(log).filteredOn("close"::equals).hasSize(2);
            log.clear();
            assertThat(bag.take(1, runner)).containsExactly(1);
            assertThat(log).containsExactly("open", "use", "close");
        }
    }

    @Test
    @Tag("P29")
    void aResourceIsClosedWhenTheFunctionFailsAndWhenOneBehindItDoes() {
        for (Runner runner : Runners.ALL) {
            Queue<String> log = new ConcurrentLinkedQueue<>();
            Bag<Integer> bag = Bag.from(RECORDS, 1);
            failure(() -> bag.mapWithResource(() -> new Connection(log), (connection, n) -> 1 / (n - 3))
                    .compute(runner));
            assertThat(log).containsExactly("open", "close");
            log.clear();
            failure(() -> bag.mapWithResource(() -> new Connection(log), (connection, n) -> n)
                    .map(n -> 1 / (n - 3))
                    .compute(runner));
            assertThat(log).containsExactly("open", "close");
        }
    }

    @Test
    void aResourceThatCannotBeOpenedFailsNamingTheOperator() {
        Exception refused = new Exception("refused");
        BagException failure = failure(() -> Bag.of(1)
                .mapWithResource(
                        () -> {
                            throw refused;
                        },
                        (resource, n) -> n)
                .compute(Runners.TWO));
        assertThat(failure.operator()).isEqualTo("mapWithResource");
        assertThat(failure).cause().isSameAs(refused);
    }

    @Test
    void aResourceNeedNotBeCloseable() {
        assertRecords(RECORDS, bag -> bag.mapWithResource(() -> 10, Integer::sum), List.of(11, 12, 13, 14, 15, 16, 17));
    }

    @Test
    void forEachPartitionSeesEachPartitionOnce() {
        for (Runner runner : Runners.ALL) {
            Queue<List<Integer>> seen = new ConcurrentLinkedQueue<>();
            Bag.from(RECORDS, 3).forEachPartition(records -> seen.add(listOf(records)), runner);
            assertThat(seen).containsExactlyInAnyOrder(List.of(1, 2), List.of(3, 4), List.of(5, 6, 7));
        }
    }

    @Test
    void aSampleIsTheSameForAnyNumberOfThreadsAndGrowsWithTheBag() {
        List<Integer> many = IntStream.range(0, 1_000).boxed().toList();
        List<Integer> chosen = Bag.from(many, 1).sample(0.1, 42).compute(Runners.ONE);
        assertThat(chosen).hasSizeBetween(60, 140).isSubsetOf(many);
        for (Runner runner : Runners.ALL) {
            assertThat(Bag.from(many, 1).sample(0.1, 42).compute(runner)).isEqualTo(chosen);
            List<Integer> grown =
                    Bag.from(many.subList(0, 500), 1).sample(0.1, 42).compute(runner);
            assertThat(grown).isEqualTo(chosen.subList(0, grown.size()));
            assertThat(Bag.from(many, 1).sample(0.1, 43).compute(runner)).isNotEqualTo(chosen);
        }
    }

    @Test
    void aSampleOfNothingIsEmptyAndOfAllIsAll() {
        assertRecords(RECORDS, bag -> bag.sample(0, 1), List.of());
        assertRecords(RECORDS, bag -> bag.sample(1, 1), RECORDS);
    }

    @Test
    void aFractionOutsideZeroToOneIsRefusedWhenTheBagIsBuilt() {
        for (double fraction : new double[] {-0.1, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> Bag.of(1).sample(fraction, 7))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("sample(" + fraction + ", 7): the fraction must be between 0 and 1");
        }
    }
}
