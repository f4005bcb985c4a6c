package dev.bag.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bag.Bag;
import dev.bag.BagException;
import dev.bag.Counter;
import dev.bag.Delayed;
import dev.bag.Persisted;
import dev.bag.Results;
import dev.bag.Runner;
import dev.bag.fold.Folds;
import dev.bag.testing.ListSink;
import dev.bag.value.ErrorPolicy;
import dev.bag.value.Storage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a runner on Spark does besides computing what the plan means. */
class SparkRunnerTest {

    private static JavaSparkContext context;
    private static Runner spark;

    @BeforeAll
    static void connect() {
        context = new JavaSparkContext(new SparkConf()
                .setMaster("local[2]")
                .setAppName("SparkRunnerTest")
                .set("spark.ui.enabled", "false"));
        spark = SparkRunner.on(context);
    }

    @AfterAll
    static void disconnect() {
        spark.close();
        assertThat(context.sc().isStopped())
                .as("closing a runner stops no context of the user's")
                .isFalse();
        context.close();
    }

    @Test
    @Tag("P3")
    void bitsOfSumsAreThoseOfALocalRun() {
        Bag<Long> numbers = Bag.range(0, 10_000, 7);
        Delayed<Double> sum = numbers.sum(x -> 1.0 / (x + 1));
        assertThat(sum.compute(spark)).isEqualTo(sum.compute(Runner.inline()));
    }

    @Test
    @Tag("P2")
    void sortedRecordsLieInPartitionsOfTheSameSizes() {
        Bag<Long> mixed = Bag.range(0, 5_000, 6).map(x -> (x * 7919) % 5_003);
        Bag<Long> sorted = mixed.sorted(Comparator.naturalOrder());
        List<Delayed<List<Long>>> partitions = sorted.partitions();
        assertThat(Delayed.all(partitions).compute(spark))
                .isEqualTo(Delayed.all(partitions).compute(Runner.inline()));
    }

    @Test
    @Tag("P2")
    void joinsAndGroupsAreThoseOfALocalRun() {
        Bag<Long> numbers = Bag.range(0, 3_000, 5);
        var joined =
                numbers.keyBy(x -> x % 100).join(numbers.filter(x -> x % 7 == 0).keyBy(x -> x % 100));
        var groups = numbers.groupBy(x -> "key" + x % 31);
        assertThat(joined.entries().compute(spark)).isEqualTo(joined.entries().compute(Runner.inline()));
        assertThat(groups.entries().compute(spark)).isEqualTo(groups.entries().compute(Runner.inline()));
    }

    @Test
    void severalResultsAreOnePass() {
        Counter read = Counter.named("read");
        Bag<Long> numbers = Bag.range(0, 1_000, 4).peek(x -> read.increment());
        Delayed<Long> count = numbers.count();
        Delayed<Map<Long, Long>> byKey = numbers.countBy(x -> x % 3).toMap();
        Results results = Delayed.computeAll(spark, count, byKey);
        assertThat(results.get(count)).isEqualTo(1_000);
        assertThat(results.get(byKey)).containsEntry(0L, 334L);
        assertThat(spark.lastReport().orElseThrow().count(read)).isEqualTo(1_000);
    }

    @Test
    @Tag("P20")
    void anErrorHasItsOperatorPartitionAndRecord() {
        Bag<Long> numbers = Bag.range(0, 100, 4);
        Delayed<Long> sum = numbers.map(x -> 100 / (x - 60)).named("divide").sumLong(x -> x);
        BagException onSpark = catchThrowableOfType(BagException.class, () -> sum.compute(spark));
        BagException here = catchThrowableOfType(BagException.class, () -> sum.compute(Runner.inline()));
        assertThat(onSpark).hasMessage(here.getMessage());
        assertThat(onSpark.operator()).isEqualTo(here.operator());
        assertThat(onSpark.partition()).isEqualTo(here.partition());
        assertThat(onSpark.recordExcerpt()).isEqualTo(here.recordExcerpt());
        assertThat(onSpark.getCause()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    @Tag("P20")
    void anErrorBeforeAShuffleIsTold() {
        Delayed<Map<Long, Long>> counts =
                Bag.range(0, 100, 4).map(x -> 100 / (x - 60)).countBy(x -> x).toMap();
        assertThatThrownBy(() -> counts.compute(spark))
                .isInstanceOf(BagException.class)
                .hasMessageStartingWith("map failed")
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    @Tag("P34")
    void recordsThatAreLeftOutAreCountedOnce() {
        Bag<Long> good = Bag.range(0, 100, 4).map(x -> 100 / (x % 50)).onError(ErrorPolicy.skip(2));
        assertThat(good.count().compute(spark)).isEqualTo(98);
        Bag<Long> bad = Bag.range(0, 100, 4).map(x -> 100 / (x % 50)).onError(ErrorPolicy.skip(1));
        assertThatThrownBy(() -> bad.count().compute(spark))
                .isInstanceOf(BagException.class)
                .hasMessageContaining("more than the limit");
    }

    @Test
    void whatCannotBeSentIsRefused() {
        Object lock = new Object();
        Bag<Long> numbers = Bag.range(0, 10).map(x -> x + lock.hashCode());
        assertThatThrownBy(() -> numbers.count().compute(spark))
                .isInstanceOf(BagException.class)
                .hasMessageContaining("cannot be sent to a cluster")
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void whatIsPersistedIsReadBySparkAndHere() {
        Counter made = Counter.named("made");
        Bag<Long> numbers = Bag.range(0, 1_000, 4).peek(x -> made.increment());
        for (Storage storage : Storage.values()) {
            try (Persisted<Long> kept = numbers.persist(storage, spark)) {
                assertThat(spark.lastReport().orElseThrow().count(made)).isEqualTo(1_000);
                assertThat(kept.bag().compute(spark))
                        .isEqualTo(LongStream.range(0, 1_000).boxed().toList());
                assertThat(kept.bag().skip(990).compute(Runner.inline())).hasSize(10);
                assertThat(kept.bag().concat(kept.bag()).distinct().count().compute(spark))
                        .isEqualTo(1_000);
                assertThat(spark.lastReport().orElseThrow().count(made)).isZero();
            }
        }
        assertThat(context.getPersistentRDDs()).isEmpty();
    }

    @Test
    void whatIsWrittenIsCommittedOnce() {
        Bag<Long> numbers = Bag.range(0, 100, 4);
        assertThat(numbers.write(new ListSink<>(), spark)).isEqualTo(numbers.write(new ListSink<>(), Runner.inline()));
    }

    @Test
    void callsRunInThisProcessAndTheirValuesAreSent() {
        Delayed<Long> size = Delayed.call(() -> 5L);
        Bag<Long> numbers = Bag.range(0, 10, 3).mapWith(size, (x, by) -> x * by);
        assertThat(numbers.reduce(Long::sum).compute(spark)).contains(225L);
        assertThat(numbers.fold(Folds.toList()).map(List::size).compute(spark)).isEqualTo(10);
    }

    @Test
    void anInfiniteSequenceEndsAtItsLimit() {
        Bag<Long> naturals = Bag.generate((Iterable<Long> & java.io.Serializable)
                () -> LongStream.iterate(0, x -> x + 1).iterator());
        assertThat(naturals.take(5, spark)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }
}
