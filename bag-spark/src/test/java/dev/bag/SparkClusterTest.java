package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bag.io.TextFiles;
import dev.bag.spark.SparkRunner;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a cluster of Spark with executors in JVMs of their own, some of which are killed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SparkClusterTest {

    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    private static LoopbackCluster cluster;
    private static JavaSparkContext context;
    private static Runner spark;

    @BeforeAll
    static void connect() throws IOException {
        cluster = new LoopbackCluster(folder, 2);
        context = new JavaSparkContext(cluster.conf());
        spark = SparkRunner.on(context);
    }

    @AfterAll
    static void disconnect() {
        if (context != null) {
            spark.close();
            context.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Tag("P2")
    void plansMeanTheSameOnExecutorsOfTheirOwn() {
        for (long seed = 0; seed < Integer.getInteger("plans.cluster", 4); seed++) {
            SparkPlansTest.check(seed, spark);
        }
        List<Long> places = Bag.range(0, 8, 8)
                .map(x -> ProcessHandle.current().pid())
                .distinct()
                .compute(spark);
        assertThat(places).doesNotContain(ProcessHandle.current().pid());
    }

    /** Writes the number of the process of the task that comes here first, which then waits to be killed. */
    private static void waitToBeKilled(String file) {
        try {
            String pid = Long.toString(ProcessHandle.current().pid());
            Path written = Files.writeString(
                    Path.of(file + "." + Thread.currentThread().getId() + "." + pid), pid);
            Files.createLink(Path.of(file), written);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        while (!Thread.interrupted()) {
            LockSupport.park();
        }
        throw new IllegalStateException("the task was cancelled");
    }

    private static ProcessHandle waiting(Path file) {
        await().atMost(LONG).until(() -> Files.exists(file));
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file))).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the result of {@code action} while the process that waits for it is killed. */
    private static <T> T done(Supplier<T> action, Path file, Consumer<ProcessHandle> kill) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(action);
        kill.accept(waiting(file));
        return result.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    @Tag("P5")
    void anExecutorThatIsKilledInAShuffleLosesNothing() throws IOException {
        Path own = Files.createDirectory(folder.resolve("shuffle"));
        String file = own.resolve("pid").toString();
        Counter read = Counter.named("read");
        Delayed<Map<Long, Long>> counts = Bag.range(0, 2_000, 8)
                .peek(x -> read.increment())
                .countBy(x -> x % 10)
                .entries()
                .peek(x -> waitToBeKilled(file))
                .repartition(3)
                .keyBy(entry -> entry.first())
                .mapValues(entry -> entry.second())
                .toMap();
        Map<Long, Long> all = done(() -> counts.compute(spark), Path.of(file), ProcessHandle::destroyForcibly);
        assertThat(all).hasSize(10).containsEntry(0L, 200L).containsEntry(9L, 200L);
        assertThat(spark.lastReport().orElseThrow().count(read)).isEqualTo(2_000);
    }

    @Test
    @Tag("P36")
    void anExecutorThatIsKilledInAWriteLeavesTheOutputWhole() throws IOException {
        Path own = Files.createDirectory(folder.resolve("write"));
        String file = own.resolve("pid").toString();
        Bag<String> lines = Bag.range(0, 20_000, 6).map(x -> {
            if (x == 15_000) {
                waitToBeKilled(file);
            }
            return "line " + x;
        });
        done(
                () -> TextFiles.write(lines, own.resolve("out/*.txt"), spark),
                Path.of(file),
                ProcessHandle::destroyForcibly);
        TextFiles.write(lines, own.resolve("here/*.txt"));
        Map<String, String> expected = files(own.resolve("here"));
        assertThat(files(own.resolve("out")))
                .containsOnlyKeys(expected.keySet())
                .isEqualTo(expected);
    }

    /** By name what is in a folder. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                files.put(each.getFileName().toString(), Files.readString(each));
            }
        }
        return files;
    }

    @Test
    void aWorkerMayDieForGood() throws IOException {
        Path own = Files.createDirectory(folder.resolve("worker"));
        String file = own.resolve("pid").toString();
        Delayed<Long> sorted = Bag.range(0, 1_000, 6)
                .map(x -> x * 37 % 1_000)
                .distinct()
                .peek(x -> waitToBeKilled(file))
                .sortBy(x -> x)
                .count();
        Long count = done(() -> sorted.compute(spark), Path.of(file), executor -> {
            executor.parent().orElseThrow().destroyForcibly();
            executor.destroyForcibly();
        });
        assertThat(count).isEqualTo(1_000);
        cluster.startWorker();
    }

    @Test
    @Tag("P21")
    void anInterruptedDriverLeavesNoJob() throws Exception {
        Path own = Files.createDirectory(folder.resolve("driver"));
        String file = own.resolve("pid").toString();
        Delayed<Long> count =
                Bag.range(0, 100, 4).peek(x -> waitToBeKilled(file)).distinct().count();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread driver = new Thread(() -> {
            try {
                count.compute(spark);
                failure.complete(new AssertionError("it has not failed"));
            } catch (Throwable e) {
                failure.complete(e);
            }
        });
        driver.start();
        waiting(Path.of(file));
        driver.interrupt();
        assertThat(failure.get(LONG.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(BagException.class);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(context.statusTracker().getActiveJobIds()).isEmpty());
        assertThat(Bag.range(0, 10, 4).count().compute(spark)).isEqualTo(10);
    }
}
