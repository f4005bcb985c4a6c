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
import java.io.IOException;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarOutputStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void whatCannotBeSentIsRefusedWithTheWayThere() {
        Bag<Long> numbers =
                Bag.range(0, 10).map(new Holding(List.of(new Object()))::add).named("add");
        assertThatThrownBy(() -> numbers.count().compute(spark))
                .isInstanceOf(BagException.class)
                .hasMessageStartingWith("map \"add\" failed")
                .hasMessageContaining(
                        "cannot be sent to a cluster: java.io.NotSerializableException: java.lang.Object, which"
                                + " is reached by function dev.bag.spark.SparkRunnerTest$Holding.add > this:"
                                + " dev.bag.spark.SparkRunnerTest$Holding > field held: java.util.ImmutableCollections$List12 >"
                                + " element 0: java.lang.Object. Let functions refer to nothing");
    }

    /** Something with a method. */
    private record Holding(List<Object> held) implements Serializable {

        long add(long x) {
            return x + held.size();
        }
    }

    /** As jshell would make it, with a variable and a function that reads it. */
    private static final String IN_SHELL = """
            package REPL;
            import dev.bag.Bag;
            public class $JShell$11 {
                public static long limit = 5;
                public static Bag<Long> reading() { return Bag.range(0, 10).filter(x -> x > limit); }
                public static Bag<Long> given(long most) { return Bag.range(0, 10).filter(x -> x > most); }
                public static Bag<Long> copied() { return given(limit); }
            }
            """;

    @Test
    void aVariableOfTheShellIsRefused(@TempDir Path folder) throws Exception {
        Path jar = jar(folder, "shell", "REPL/$JShell$11", IN_SHELL);
        context.addJar(jar.toString());
        try (Loaded shell = new Loaded(jar, "REPL.$JShell$11")) {
            Bag<Long> reading = shell.bag("reading");
            assertThatThrownBy(() -> reading.count().compute(spark))
                    .isInstanceOf(BagException.class)
                    .hasMessageStartingWith("filter failed")
                    .hasMessageContaining(
                            "a function reads the variable \"limit\" of jshell, which has no value where the"
                                    + " function runs. Make the bag in a method with a parameter of that value, or use mapWith");
            assertThat(shell.bag("copied").count().compute(spark)).isEqualTo(4);
        }
    }

    @Test
    void anotherBuildOfAClassIsTold(@TempDir Path folder) throws Exception {
        String code = "package app; public class Job { public static dev.bag.Bag<Long> bag() {"
                + " return dev.bag.Bag.range(0, 10).filter(x -> x > 5); } }";
        context.addJar(jar(folder, "old", "app/Job", code).toString());
        Path changed = jar(folder, "new", "app/Job", code.replace("x > 5", "x > 6"));
        try (Loaded job = new Loaded(changed, "app.Job")) {
            Bag<Long> bag = job.bag("bag");
            assertThatThrownBy(() -> bag.count().compute(spark))
                    .hasStackTraceContaining(
                            "app.Job is of another build here than in the driver. Give the driver and all"
                                    + " executors the same jars");
        }
    }

    /** A class of a jar that is not on the class path, seen by the calling thread. */
    private record Loaded(URLClassLoader loader, Class<?> type, ClassLoader before) implements AutoCloseable {

        Loaded(Path jar, String name) throws Exception {
            this(new URLClassLoader(new URL[] {jar.toUri().toURL()}), name);
        }

        private Loaded(URLClassLoader loader, String name) throws Exception {
            this(loader, loader.loadClass(name), Thread.currentThread().getContextClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
        }

        @SuppressWarnings("unchecked") // all are of longs
        Bag<Long> bag(String method) throws Exception {
            return (Bag<Long>) type.getMethod(method).invoke(null);
        }

        @Override
        public void close() throws IOException {
            Thread.currentThread().setContextClassLoader(before);
            loader.close();
        }
    }

    private static Path jar(Path folder, String name, String type, String code) throws IOException {
        Path source = folder.resolve(name + "/" + type + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, code);
        String path = System.getProperty("java.class.path");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-cp", path, source.toString()))
                .isZero();
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(type + ".class"));
            Files.copy(folder.resolve(name + "/" + type + ".class"), out);
        }
        return jar;
    }

    /** Seen by tasks, which are in this process. */
    private static final AtomicInteger BEGUN = new AtomicInteger();

    @Test
    void aStreamBringsPartitionsAsTheyAreRead() {
        BEGUN.set(0);
        Bag<Long> numbers = Bag.range(0, 1_000, 100).mapPartitions(records -> {
            BEGUN.incrementAndGet();
            return records;
        });
        try (Stream<Long> records = numbers.stream(spark)) {
            assertThat(records.limit(15)).hasSize(15).last().isEqualTo(14L);
        }
        assertThat(BEGUN.get()).as("tasks begun").isLessThanOrEqualTo(8);
    }

    @Test
    @Tag("P2")
    void equalKeysKeepTheirOrderInPartitionsOfTheSameSizes() {
        Bag<Long> numbers = Bag.range(0, 4_000, 7).filter(x -> x % 5 != 0);
        for (Bag<Long> each : List.of(
                numbers.sortBy(x -> 1),
                numbers.sortBy(x -> -(x % 3)),
                numbers.map(x -> x * 31 % 1_000).sorted(Comparator.naturalOrder()),
                numbers.filter(x -> x < 3).sorted(Comparator.naturalOrder()),
                numbers.repartition(23),
                numbers.filter(x -> x > 3_990).repartition(11))) {
            Delayed<List<List<Long>>> partitions = Delayed.all(each.partitions());
            assertThat(partitions.compute(spark)).as("%s", each).isEqualTo(partitions.compute(Runner.inline()));
        }
    }

    @Test
    @Tag("P20")
    void anErrorOfAComparatorIsThatOfTheSort() {
        Bag<Long> sorted = Bag.range(0, 100, 100).sorted((Comparator<Long> & Serializable) (x, y) -> {
            throw new IllegalStateException("no order");
        });
        assertThatThrownBy(() -> sorted.compute(spark))
                .isInstanceOf(BagException.class)
                .hasMessageStartingWith("sorted failed")
                .hasStackTraceContaining("no order");
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
