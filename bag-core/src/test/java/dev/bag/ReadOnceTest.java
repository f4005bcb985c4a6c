package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.testing.Cuts;
import dev.bag.testing.Probe;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import dev.bag.value.Pair;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What several results of a run are made of is read, mapped and shuffled once, whatever rules the optimizer has. */
@Tag("P1")
class ReadOnceTest {

    private static final int RECORDS = 40;
    private static final int PARTS = 4;

    private final AtomicInteger mapped = new AtomicInteger();

    /** Counts its records and what is mapped of them, on each kind of runner by itself. */
    private interface Wanted {
        void of(Bag<Integer> bag, Runner runner);
    }

    private void assertReadOnce(Wanted wanted) {
        for (Runner runner : Runners.ALL) {
            List<Integer> records = IntStream.range(0, RECORDS).boxed().toList();
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(records, PARTS));
            mapped.set(0);
            wanted.of(Bag.from(source).map(this::mapped), runner);
            Probe probe = source.probe();
            assertThat(probe.opened).hasValue(PARTS);
            assertThat(probe.records).hasValue(RECORDS);
            assertThat(mapped).hasValue(RECORDS);
            probe.assertClean();
        }
    }

    private Integer mapped(Integer record) {
        mapped.incrementAndGet();
        return record;
    }

    @Test
    void aShuffleOfWhichTwoResultsAreMade() {
        assertReadOnce((bag, runner) -> {
            KeyedBag<Integer, List<Integer>> groups = bag.groupBy(n -> n % 3);
            Delayed<Long> count = groups.entries().count();
            Delayed<Long> most = groups.values().fold(Folds.summingLong(List::size));
            Results all = Delayed.computeAll(runner, count, most);
            assertThat(all.get(count)).isEqualTo(3);
            assertThat(all.get(most)).isEqualTo(RECORDS);
        });
    }

    @Test
    void aShuffleThatIsJoinedWithWhatItselfBecomes() {
        assertReadOnce((bag, runner) -> {
            KeyedBag<Integer, Long> counts = bag.countBy(n -> n % 3);
            KeyedBag<Integer, Long> doubled = counts.mapValues(n -> 2 * n);
            assertThat(counts.join(doubled).semiJoin(counts).compute(runner))
                    .containsExactlyInAnyOrder(
                            Pair.of(0, Pair.of(14L, 28L)),
                            Pair.of(1, Pair.of(13L, 26L)),
                            Pair.of(2, Pair.of(13L, 26L)));
        });
    }

    @Test
    void aShuffleThatIsJoinedWithWhatItIsMadeOf() {
        assertReadOnce((bag, runner) -> {
            KeyedBag<Integer, Integer> keyed = bag.keyBy(n -> n % 3);
            assertThat(keyed.join(keyed.countKeys())
                            .entries()
                            .map(entry -> entry.second().second())
                            .frequencies()
                            .compute(runner))
                    .containsExactlyInAnyOrder(Pair.of(14L, 14L), Pair.of(13L, 26L));
        });
    }

    @Test
    void allPairsOfRecordsAndWhatIsSpreadOfThem() {
        assertReadOnce((bag, runner) -> assertThat(
                        bag.product(bag.repartition(2 * PARTS)).count().compute(runner))
                .isEqualTo((long) RECORDS * RECORDS));
    }

    @Test
    void partitionsByKeyThatAreFoldedAndJoined() {
        assertReadOnce((bag, runner) -> {
            KeyedBag<Integer, Integer> placed = bag.keyBy(n -> n % 3).partitionByKey(PARTS);
            Delayed<List<Pair<Integer, Long>>> counts =
                    placed.countKeys().entries().fold(Folds.toList());
            Delayed<Long> joined = placed.join(placed.countKeys()).entries().count();
            Results all = Delayed.computeAll(runner, counts, joined);
            assertThat(all.get(counts)).containsExactlyInAnyOrder(Pair.of(0, 14L), Pair.of(1, 13L), Pair.of(2, 13L));
            assertThat(all.get(joined)).isEqualTo(RECORDS);
        });
    }

    @Test
    void aSortOfWhichTheFirstAndAllAreWanted() {
        assertReadOnce((bag, runner) -> {
            Bag<Integer> sorted = bag.sorted((a, b) -> b - a);
            Delayed<List<Integer>> first = sorted.limit(2).fold(Folds.toList());
            Delayed<Long> count = sorted.count();
            Results all = Delayed.computeAll(runner, first, count);
            assertThat(all.get(first)).containsExactly(RECORDS - 1, RECORDS - 2);
            assertThat(all.get(count)).isEqualTo(RECORDS);
        });
    }

    @Test
    void aMapOfWhichSomeAndAllAreWanted() {
        assertReadOnce((bag, runner) -> {
            Delayed<List<Integer>> first = bag.limit(2).fold(Folds.toList());
            Delayed<Long> count = bag.count();
            Results all = Delayed.computeAll(runner, first, count);
            assertThat(all.get(first)).containsExactly(0, 1);
            assertThat(all.get(count)).isEqualTo(RECORDS);
        });
    }
}
