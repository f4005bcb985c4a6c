package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Folds;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.testing.ProbedSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What bags and delayed values say of themselves. */
class LookTest {

    @Test
    void aBagIsItsPartitionsAndItsOperators() {
        assertThat(Bag.range(0, 10, 2)).hasToString("Bag[2 partitions: range 0..10]");
        assertThat(Bag.of("a")).hasToString("Bag[1 partition: 1 record]");
        assertThat(Bag.range(0, 5_000, 5_000).map(n -> n).filter(n -> true))
                .hasToString("Bag[5,000 partitions: range 0..5000 > map > filter]");
        assertThat(Bag.of(1, 2).map(n -> n).named("parse").sorted())
                .hasToString("Bag[2 partitions: 2 records > parse > sorted]");
        assertThat(Bag.of(1, 2).groupBy(n -> n).mapValues(List::size))
                .hasToString("KeyedBag[2 partitions: 2 records > groupBy > mapValues]");
        assertThat(Bag.of(1, 2).count()).hasToString("Delayed[2 records > count]");
        assertThat(Delayed.value(1).map(n -> n).named("next")).hasToString("Delayed[next: map(value)]");
    }

    @Test
    void aDelayedValueIsWhatItIsComputedFrom() {
        Delayed<Integer> load = Delayed.call(() -> 1).named("load");
        Delayed<Integer> total = Delayed.call(pair -> pair.first() + pair.second(), load.zip(load));
        assertThat(total.named("total")).hasToString("Delayed[total: call(zip(load, load))]");
        assertThat(total).hasToString("Delayed[call(zip(load, load))]");
        assertThat(load).hasToString("Delayed[load: call]");
        assertThat(Delayed.value(1)).hasToString("Delayed[value]");
        assertThat(Delayed.all(List.of(load, Bag.of(1, 2).count().map(Long::intValue))))
                .hasToString("Delayed[all(load, map(2 records > count))]");
        assertThat(Delayed.firstOf(load, load.map(n -> n)).recover(failure -> 3))
                .hasToString("Delayed[recover(firstOf(load, map(load)))]");
        assertThat(load.flatMap(n -> Delayed.value(n))).hasToString("Delayed[flatMap(load)]");
        assertThat(Bag.of(1, 2).count().named("size")).hasToString("Delayed[2 records > size]");
    }

    @Test
    @Tag("P26")
    void anyDelayedValueFitsIntoALine() {
        Delayed<Integer> deep = Delayed.value(0);
        for (int i = 0; i < 100_000; i++) {
            deep = deep.map(n -> n + 1);
        }
        assertThat(deep.toString())
                .startsWith("Delayed[map(map(")
                .endsWith("(…)))))))))))))]")
                .contains("map(…)")
                .hasSizeLessThanOrEqualTo(78);
        Delayed<Integer> shared = Delayed.value(0);
        for (int i = 0; i < 100; i++) {
            shared = shared.zipWith(shared, Integer::sum);
            assertThat(shared.toString()).hasSizeLessThanOrEqualTo(78).endsWith(")]");
        }
        assertThat(Delayed.all(Collections.nCopies(1_000_000, Delayed.value(1))).toString())
                .startsWith("Delayed[all(value, value, ")
                .endsWith(", …)]")
                .hasSizeLessThanOrEqualTo(78);
        for (int length = 1; length < 100; length++) {
            Delayed<Integer> named = Delayed.value(1).map(n -> n).named("n".repeat(length));
            assertThat(named.toString())
                    .hasSizeLessThanOrEqualTo(78)
                    .startsWith("Delayed[n")
                    .endsWith("]");
            assertThat(named.zip(named.map(n -> n).named("m".repeat(100 - length)))
                            .map(p -> p)
                            .toString())
                    .hasSizeLessThanOrEqualTo(78)
                    .startsWith("Delayed[map(zip(n");
        }
    }

    @Test
    void aLongChainIsCutInTheMiddleToSeventyEightCharacters() {
        Bag<Integer> bag = Bag.of(1, 2);
        for (int i = 0; i < 100; i++) {
            bag = bag.map(n -> n + 1);
            assertThat(bag.toString().length()).isLessThanOrEqualTo(78);
        }
        assertThat(bag).hasToString("Bag[2 partitions: 2 records > … > map > map > map > map > map > map > map]");
        for (int length = 1; length < 100; length++) {
            Bag<Integer> named = Bag.from(ProbedSource.of(List.of(List.of(List.of(1)))))
                    .map(n -> n)
                    .named("n".repeat(length))
                    .filter(n -> true);
            assertThat(named.toString()).hasSizeLessThanOrEqualTo(78).startsWith("Bag[1 partition: ");
            assertThat(Bag.from(new ProbedSource<Integer>("s".repeat(length), List.of(), null))
                            .map(n -> n)
                            .toString())
                    .hasSizeLessThanOrEqualTo(78);
        }
    }

    @Test
    void whatIsOnlyAPartOfAnOperatorIsNotShown() {
        Bag<Long> bag = Bag.range(0, 9, 3);
        assertThat(bag.sortBy(n -> -n)).hasToString("Bag[3 partitions: range 0..9 > sortBy]");
        assertThat(bag.sortBy(n -> -n).named("down").map(n -> n).sortBy(n -> n))
                .hasToString("Bag[3 partitions: range 0..9 > down > map > sortBy]");
        KeyedBag<Long, Long> keyed = bag.keyBy(n -> n);
        assertThat(keyed.leftJoin(keyed).join(keyed))
                .hasToString("KeyedBag[3 partitions: range 0..9 > keyBy > leftJoin > join]");
        assertThat(keyed.joinBroadcast(keyed).reduceValues((left, right) -> right))
                .hasToString("KeyedBag[3 partitions: range 0..9 > keyBy > joinBroadcast > reduceValues]");
        assertThat(bag.sortBy(n -> -n).named("down").limit(2).explain()).isEqualTo("""
                stage 1: 3 tasks
                  read range 0..9, 3 partitions
                  keep the first 2 for sortBy "down"
                stage 2: 3 tasks, one after the other because of limit
                  read sortBy "down", 3 partitions
                  one loop: limit
                  fold into compute
                """);
    }

    @Test
    void anExplanationShowsWhatMaySpill() {
        Bag<Long> bag = Bag.range(0, 10, 2);
        KeyedBag<Long, Long> keyed = bag.keyBy(n -> n % 3);
        assertSpills(bag.foldBy(n -> n, Folds.counting()).explain(), "foldBy");
        assertSpills(bag.countBy(n -> n).explain(), "countBy");
        assertSpills(bag.frequencies().explain(), "frequencies");
        assertSpills(bag.distinct().explain(), "distinct");
        assertSpills(bag.distinctBy(n -> n % 3).explain(), "distinctBy");
        assertSpills(bag.groupBy(n -> n).explain(), "groupBy");
        assertSpills(bag.sorted().explain(), "sorted");
        assertSpills(bag.sortBy(n -> -n).explain(), "sortBy");
        assertSpills(bag.repartition(3).explain(), "repartition");
        assertSpills(bag.product(bag).explain(), "product");
        assertSpills(keyed.foldValues(Folds.counting()).explain(), "foldValues");
        assertSpills(keyed.reduceValues(Long::sum).explain(), "reduceValues");
        assertSpills(keyed.groupValues().explain(), "groupValues");
        assertSpills(keyed.countKeys().explain(), "countKeys");
        assertSpills(keyed.join(keyed).explain(), "join");
        assertSpills(keyed.leftJoin(keyed).explain(), "leftJoin");
        assertSpills(keyed.rightJoin(keyed).explain(), "rightJoin");
        assertSpills(keyed.fullJoin(keyed).explain(), "fullJoin");
        assertSpills(keyed.semiJoin(keyed).explain(), "semiJoin");
        assertSpills(keyed.antiJoin(keyed).explain(), "antiJoin");
        assertSpills(keyed.cogroup(keyed).explain(), "cogroup");
        assertSpills(keyed.partitionByKey(3).explain(), "partitionByKey");
        assertSpills(keyed.sortByKey().explain(), "sortByKey");
        assertThat(bag.map(n -> n).limit(3).scan(Long::sum).explain()).doesNotContain("may spill");
        assertThat(keyed.joinBroadcast(keyed).explain()).doesNotContain("may spill");
        assertThat(bag.repartition(1).explain()).doesNotContain("may spill");
    }

    private static void assertSpills(String explanation, String operator) {
        assertThat(explanation).containsPattern("\\(may spill\\)[^\n]* for " + operator + "\n");
    }

    @Test
    void anExplanationShowsStagesPartitionsAndWhatEndsThem() {
        Bag<Long> bag = Bag.range(0, 10, 2).map(n -> n + 1).named("next");
        assertThat(bag.explain()).isEqualTo("""
                stage 1: 2 tasks
                  read range 0..10, 2 partitions
                  one loop: map "next"
                  fold into compute
                """);
        assertThat(bag.groupBy(n -> n % 3).mapValues(List::size).explain()).isEqualTo("""
                stage 1: 2 tasks
                  read range 0..10, 2 partitions
                  one loop: map "next"
                  shuffle by key (may spill) for groupBy
                stage 2: 2 tasks
                  read groupBy, 2 partitions
                  one loop: mapValues
                  fold into compute
                """);
        assertThat(bag.groupBy(n -> n % 3)
                        .join(Bag.range(0, 6, 2).keyBy(n -> n))
                        .countKeys()
                        .explain())
                .isEqualTo("""
                stage 1: 2 tasks
                  read range 0..10, 2 partitions
                  one loop: map "next"
                  shuffle by key (may spill) for groupBy
                stage 2: 2 tasks
                  read range 0..6, 2 partitions
                  one loop: keyBy
                  shuffle by key (may spill) for join
                stage 3: 2 tasks
                  read groupBy, 2 partitions
                  keep by key, in place (may spill), for join
                stage 4: 2 tasks
                  read join, 2 partitions
                  combine by key, in place (may spill), for countKeys
                stage 5: 2 tasks
                  read countKeys, 2 partitions
                  fold into compute
                """);
        assertThat(bag.limit(3).sorted().explain()).isEqualTo("""
                stage 1: 2 tasks, one after the other because of limit
                  read range 0..10, 2 partitions
                  one loop: limit > map "next"
                  sort runs (may spill), then merge for sorted
                stage 2: 2 tasks
                  read sorted, 2 partitions
                  fold into compute
                """);
        assertThat(bag.sorted().named("by size").limit(3).explain()).isEqualTo("""
                stage 1: 2 tasks
                  read range 0..10, 2 partitions
                  one loop: map "next"
                  keep the first 3 for sorted "by size"
                stage 2: 2 tasks, one after the other because of limit
                  read sorted "by size", 2 partitions
                  one loop: limit
                  fold into compute
                """);
        assertThat(Delayed.call(() -> 1).explain()).isEqualTo("no stage: only calls of functions\n");
        assertThat(Delayed.call(() -> 1)
                        .flatMap(n -> Delayed.value(n))
                        .named("grow")
                        .explain())
                .isEqualTo("""
                        no stage: only calls of functions
                        while it runs: flatMap "grow" brings what its function returns: calls, and stages of their own
                        """);
        assertThat(Bag.of(1, 2).count().recover(failure -> 0L).explain())
                .endsWith("while it runs: recover brings what is below it, planned by itself\n");
    }

    @Test
    void anExplanationShowsWhatIsShared() {
        Bag<Long> bag = Bag.range(0, 10, 2);
        Delayed<?> both = bag.count().zip(bag.fold(Folds.summingLong(n -> n)));
        assertThat(both.explain()).isEqualTo("""
                stage 1: 2 tasks
                  read range 0..10, 2 partitions
                  once for 2 uses: range 0..10
                  fold into count
                  fold into fold
                """);
    }

    @Test
    void anExplanationOfManyOperatorsStaysShort() {
        Bag<Long> bag = Bag.range(0, 10, 2);
        for (int i = 0; i < 1_000; i++) {
            bag = bag.map(n -> n + 1);
        }
        assertThat(bag.explain()).hasSizeLessThan(500).contains("… 988 more operators");
    }

    /** A part that says why it is one. */
    private record Whole(String reason) implements Part<Integer> {

        @Override
        public Chunks<Integer> open() {
            throw new AssertionError("explain opens nothing");
        }

        @Override
        public boolean pipelined() {
            return true;
        }

        @Override
        public Optional<String> note() {
            return Optional.of(reason);
        }
    }

    private record Archives(List<Whole> parts) implements Source<Integer> {

        @Override
        public String name() {
            return "*.gz";
        }
    }

    @Test
    void anExplanationSaysWhyAPartIsNotSplitAndHowItIsWorkedOn() {
        Bag<Integer> bag = Bag.from(new Archives(List.of(new Whole("a.gz: gzip has one beginning"))));
        assertThat(bag.map(n -> n).explain()).isEqualTo("""
                stage 1: 1 task
                  read *.gz, 1 partition, chunks on all threads
                    a.gz: gzip has one beginning
                  one loop: map
                  fold into compute
                """);
        assertThat(bag.mapPartitions(records -> records).explain()).isEqualTo("""
                stage 1: 1 task
                  read *.gz, 1 partition, each partition on one thread
                    a.gz: gzip has one beginning
                  one loop: mapPartitions
                  fold into compute
                """);
    }
}
