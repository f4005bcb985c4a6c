package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.RunListener.RunStarted;
import dev.bag.RunListener.Spilled;
import dev.bag.RunListener.StageStarted;
import dev.bag.RunListener.TaskEnded;
import dev.bag.RunListener.TaskFailed;
import dev.bag.RunListener.TaskStarted;
import dev.bag.source.Source;
import dev.bag.testing.Eventually;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners are told of runs. */
class RunListenerTest {

    @TempDir
    Path folder;

    private final Recorder told = new Recorder();

    private Runner runner(int threads, String memory) {
        return Runner.local()
                .threads(threads)
                .memory(memory)
                .tempDirectory(folder)
                .listener(told)
                .build();
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    /** Events without what differs from run to run. */
    private List<String> story() {
        return told.events().stream()
                .map(event -> event.toString()
                        .replaceAll("run=\\d+", "run=R")
                        .replaceAll("(elapsed|peakMemoryBytes)=[^],]+", "$1=…")
                        .replaceAll("in [0-9.]+ s", "in … s"))
                .toList();
    }

    @Test
    void theEventsOfARunComeInOrder() {
        try (Runner runner = runner(1, "1MB")) {
            Bag.from(List.of(3, 1, 2), 2).map(n -> n).named("parse").count().compute(runner);
            assertThat(story())
                    .containsExactly(
                            "RunStarted[run=R, what=3 records > parse > count]",
                            "StageStarted[run=R, stage=0, tasks=2, what=3 records > map \"parse\" > count]",
                            "TaskStarted[run=R, stage=0, task=0]",
                            "TaskEnded[run=R, stage=0, task=0, elapsed=…]",
                            "TaskStarted[run=R, stage=0, task=1]",
                            "TaskEnded[run=R, stage=0, task=1, elapsed=…]",
                            "StageEnded[run=R, stage=0]",
                            "Report[3 records > parse > count: 3 records in … s]");
        }
    }

    @Test
    void allStagesAndCallsAreTold() {
        try (Runner runner = runner(1, "1MB")) {
            Delayed<Long> one = Delayed.call(() -> 1L).named("one");
            Bag<Long> bag = Bag.from(List.of(3L, 1L, 2L), 2);
            Delayed<Long> count =
                    bag.mapWith(one, (a, b) -> a + b).groupBy(n -> n).keys().count();
            Delayed.computeAll(runner, one.map(n -> n + 1), count);
            assertThat(told.events(RunStarted.class))
                    .singleElement()
                    .satisfies(run -> assertThat(run.what()).isEqualTo("one > map and 1 more"));
            assertThat(told.events(StageStarted.class).stream().map(StageStarted::what))
                    .containsExactlyInAnyOrder(
                            "call \"one\"", "map", "3 records > mapWith > groupBy", "groupBy > keys > count");
            told.assertEndedInOrder();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void whateverRunsEveryTaskHasABeginningAndAnEnd(int threads) {
        try (Runner runner = runner(threads, "4kB")) {
            for (int seed = 0; seed < 40; seed++) {
                told.clear();
                RandomPlans plans = new RandomPlans(seed);
                List<RandomPlans.Grown> grown = plans.grow(4 + seed % 16);
                Bag<Integer> bag = grown.get(grown.size() - 1).bag();
                bag.compute(runner);
                Delayed.computeAll(
                        runner, bag.count(), bag.sumLong(n -> n), bag.distinct().count());
                assertThat(bag.stream(runner).toList())
                        .isEqualTo(grown.get(grown.size() - 1).records());
                bag.persist(runner).close();
                told.assertEndedInOrder();
                assertThat(told.events(Report.class)).hasSize(4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void aPartitionInChunksIsOneTask(int threads) {
        List<List<Long>> chunks = Stream.generate(() -> numbers(100)).limit(500).toList();
        try (Runner runner = runner(threads, "1MB")) {
            Bag<Long> bag = Bag.from(ProbedSource.pipelined(List.of(chunks, chunks)));
            bag.sumLong(n -> n).compute(runner);
            told.assertEndedInOrder();
            assertThat(told.events(TaskEnded.class)).hasSize(2);
            told.clear();
            failure(() -> bag.map(n -> 1 / (n - 99)).count().compute(runner));
            assertThat(told.events(TaskFailed.class)).hasSizeBetween(1, 2);
            told.assertEndedInOrder();
        }
    }

    @Test
    void whatIsSpilledIsToldAndSummedUp() {
        try (Runner tiny = runner(2, "20kB")) {
            Bag<Long> bag = Bag.from(numbers(20_000), 8);
            bag.groupBy(n -> n % 1_000).mapValues(List::size).compute(tiny);
            assertThat(told.report().spilledBytes()).isPositive();
            assertThat(told.report().spilledFiles()).isPositive();
            assertThat(told.report().peakMemoryBytes()).isPositive();
            List<Spilled> spilled = told.events(Spilled.class);
            assertThat(spilled.stream().mapToLong(Spilled::bytes).sum())
                    .isEqualTo(told.report().spilledBytes());
            assertThat(spilled.stream().map(Spilled::file).distinct())
                    .hasSize(told.report().spilledFiles())
                    .allSatisfy(file -> assertThat(file).startsWithRaw(folder).doesNotExist());
            told.assertEndedInOrder();
        }
    }

    @Test
    void whatFitsIsNotSpilled() {
        try (Runner roomy = runner(2, "100MB")) {
            Bag.from(numbers(20_000), 8).groupBy(n -> n % 1_000).compute(roomy);
            assertThat(told.report().spilledBytes()).isZero();
            assertThat(told.report().spilledFiles()).isZero();
            assertThat(told.report().peakMemoryBytes()).isGreaterThan(20_000 * 16);
            assertThat(told.events(Spilled.class)).isEmpty();
        }
    }

    @Test
    void whatIsPersistedIsToldWhenItIsSpilledLater() {
        try (Runner runner = runner(2, "4MB");
                Persisted<Long> persisted = Bag.from(numbers(50_000), 4).persist(runner)) {
            long run = told.report().run();
            assertThat(told.report().what()).isEqualTo("50000 records > persist");
            assertThat(told.report().peakMemoryBytes()).isGreaterThan(50_000 * 16);
            assertThat(told.report().spilledBytes()).isZero();
            Bag.from(numbers(400_000)).groupBy(n -> n).keys().count().compute(runner);
            assertThat(told.events(Spilled.class).stream().filter(spilled -> spilled.run() == run))
                    .isNotEmpty();
            assertThat(persisted.bag().count().compute(runner)).isEqualTo(50_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void aFailureIsTold(int threads) {
        IOException thrown = new IOException("no more");
        Bag<Long> bag = Bag.from(numbers(1_000), 20)
                .map(n -> {
                    if (n == 500) {
                        throw thrown;
                    }
                    return n;
                })
                .named("parse");
        try (Runner runner = runner(threads, "1MB")) {
            failure(() -> bag.count().compute(runner));
            checkFailure(thrown);
            failure(() -> bag.sorted().stream(runner).toList());
            checkFailure(thrown);
            failure(() -> bag.stream(runner).toList());
            checkFailure(thrown);
            failure(() -> bag.persist(runner));
            checkFailure(thrown);
            assertThatThrownBy(() -> Delayed.run(() -> {
                                throw thrown;
                            })
                            .named("parse")
                            .computeAsync(runner)
                            .join())
                    .hasCauseInstanceOf(BagException.class);
            checkFailure(thrown);
        }
    }

    private void checkFailure(Throwable thrown) {
        assertThat(told.events(TaskFailed.class))
                .singleElement()
                .satisfies(task -> assertThat(task.failure())
                        .hasMessageContaining("parse\" failed")
                        .hasCause(thrown));
        BagException failure = told.report().failure().orElseThrow();
        assertThat(failure.operator()).isEqualTo("parse");
        assertThat(failure).hasCause(thrown);
        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(told.report().isSuccessful()).isFalse();
        told.assertEndedInOrder();
        told.clear();
    }

    @Test
    void attemptsThatFailAreTold() {
        AtomicLong calls = new AtomicLong();
        try (Runner runner = Runner.local().threads(1).retries(2).listener(told).build()) {
            Bag<Integer> bag = Bag.of(1).map(n -> {
                if (calls.incrementAndGet() % 3 != 0) {
                    throw new IOException("not yet");
                }
                return n;
            });
            assertThat(bag.count().compute(runner)).isEqualTo(1);
            assertThat(told.events(TaskFailed.class).stream().map(TaskFailed::attemptsLeft))
                    .containsExactly(2, 1);
            assertThat(told.events(TaskEnded.class)).hasSize(1);
            told.assertEndedInOrder();
            told.clear();
            Bag<Integer> hopeless = Bag.of(1).map(n -> n / (n - 1));
            failure(() -> hopeless.count().compute(runner));
            assertThat(told.events(TaskFailed.class).stream().map(TaskFailed::attemptsLeft))
                    .containsExactly(2, 1, 0);
            assertThat(told.report().isSuccessful()).isFalse();
            told.assertEndedInOrder();
        }
    }

    @Test
    void aCancelledRunIsToldAsStopped() {
        try (Runner runner = runner(2, "1MB")) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Long> future = Bag.of(1)
                    .peek(n -> {
                        begun.countDown();
                        new CountDownLatch(1).await();
                    })
                    .count()
                    .computeAsync(runner);
            assertThat(begun).satisfies(latch -> latch.await());
            future.cancel(true);
            Eventually.await()
                    .untilAsserted(() -> assertThat(told.events(Report.class))
                            .singleElement()
                            .satisfies(report -> assertThat(report.failure().orElseThrow())
                                    .hasMessageContaining("the future was cancelled")));
            assertThat(told.events(TaskFailed.class)).isEmpty();
        }
    }

    @Test
    void streamsAreRunsFromTheFirstRecordToTheEnd() {
        try (Runner runner = runner(2, "1MB")) {
            Stream<Long> unread = Bag.from(numbers(10)).stream(runner);
            unread.close();
            assertThat(told.events()).isEmpty();
            try (Stream<Long> stream = Bag.from(numbers(100_000), 50).stream(runner)) {
                assertThat(stream.limit(10)).hasSize(10);
            }
            assertThat(told.report().what()).isEqualTo("100000 records > stream");
            assertThat(told.report().isSuccessful()).isTrue();
            assertThat(told.events(StageStarted.class))
                    .singleElement()
                    .satisfies(stage -> assertThat(stage.tasks()).isEqualTo(50));
            assertThat(told.events(TaskStarted.class)).hasSizeLessThan(10);
            told.assertEndedInOrder();
            told.clear();
            assertThat(Bag.from(numbers(100_000), 50).stream(runner)).hasSize(100_000);
            assertThat(told.events(TaskEnded.class)).hasSize(50);
            assertThat(told.events(Report.class)).hasSize(1);
            told.assertEndedInOrder();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void runsInsideTasksAreToldAsRuns(int threads) {
        try (Runner runner = runner(threads, "1MB")) {
            Bag<Integer> inner = Bag.of(1, 2, 3);
            assertThat(Bag.range(0, 20, 20)
                            .sumLong(n -> inner.count().compute())
                            .compute(runner))
                    .isEqualTo(60);
            assertThat(told.events(RunStarted.class)).hasSize(21);
            assertThat(told.events(RunStarted.class).stream()
                            .map(RunStarted::run)
                            .distinct())
                    .hasSize(21);
            told.assertEndedInOrder();
            assertThat(told.report().what()).isEqualTo("range 0..20 > sumLong");
        }
    }

    @Test
    void whatTouchesNoRecordIsARun() {
        try (Runner runner = runner(2, "1MB")) {
            Delayed.value(1).compute(runner);
            Delayed.computeAll(runner);
            assertThat(told.events()).hasSize(4);
            told.assertEndedInOrder();
        }
    }

    @Test
    void aRunThatAClosedRunnerRefusesHasFailed() {
        Runner runner = runner(2, "1MB");
        runner.close();
        assertThatThrownBy(() -> Bag.of(1).compute(runner)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Bag.of(1).stream(runner).toList()).isInstanceOf(IllegalStateException.class);
        assertThat(told.events(Report.class))
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.isSuccessful()).isFalse());
    }

    @Test
    @Tag("P41")
    void aListenerThatThrowsChangesNothing() {
        RunListener throwing = new RunListener() {
            @Override
            public void taskStarted(TaskStarted event) {
                throw new IllegalStateException("listener");
            }

            @Override
            public void runEnded(Report report) {
                throw new OutOfMemoryError("listener");
            }
        };
        try (Runner runner =
                Runner.local().threads(2).listener(throwing).listener(told).build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(Bag.from(numbers(1_000), 9).sorted().compute(runner)).isEqualTo(numbers(1_000));
            }
            assertThat(told.events(Report.class))
                    .hasSize(3)
                    .allSatisfy(report -> assertThat(report.isSuccessful()).isTrue());
            told.assertEndedInOrder();
        }
    }

    /** Blocks until it may go on, then notes like any other. */
    private static final class Blocked implements RunListener {

        final CountDownLatch mayGoOn = new CountDownLatch(1);
        final AtomicLong tasks = new AtomicLong();
        final AtomicReference<Thread> thread = new AtomicReference<>();
        final List<Report> reports = new ArrayList<>();

        @Override
        public void runStarted(RunStarted event) {
            thread.set(Thread.currentThread());
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void taskStarted(TaskStarted event) {
            tasks.incrementAndGet();
        }

        @Override
        public synchronized void runEnded(Report report) {
            reports.add(report);
        }

        synchronized int reportCount() {
            return reports.size();
        }
    }

    @Test
    @Tag("P41")
    void aListenerThatBlocksChangesNothing() {
        Blocked blocked = new Blocked();
        try (Runner runner = Runner.local().threads(2).listener(blocked).build()) {
            for (int i = 0; i < 20; i++) {
                assertThat(Bag.from(numbers(100), 9).count().compute(runner)).isEqualTo(100);
            }
        }
        assertThat(blocked.reportCount()).isZero();
        assertThat(blocked.thread.get().getName()).isEqualTo("bag-listener");
        assertThat(blocked.thread.get().isDaemon()).isTrue();
        blocked.mayGoOn.countDown();
        Eventually.await().until(() -> blocked.reportCount() == 20);
        assertThat(blocked.tasks).hasValue(180);
        Eventually.await().until(() -> !blocked.thread.get().isAlive());
    }

    @Test
    @Tag("P41")
    void aListenerThatIsFarBehindMissesTasksButNoRun() {
        Blocked blocked = new Blocked();
        try (Runner runner = Runner.local().threads(2).listener(blocked).build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(Bag.range(0, 100_000, 100_000).count().compute(runner))
                        .isEqualTo(100_000);
            }
            blocked.mayGoOn.countDown();
            Eventually.await().until(() -> blocked.reportCount() == 3);
            assertThat(blocked.tasks.get()).isBetween(1L, 65_536L);
            Bag.range(0, 10, 10).count().compute(runner);
            assertThat(blocked.reportCount()).isEqualTo(4);
        }
    }

    @Test
    @Tag("P41")
    void aListenerMayRunSomethingItself() {
        AtomicReference<Runner> own = new AtomicReference<>();
        List<Long> counts = new ArrayList<>();
        RunListener running = new RunListener() {
            @Override
            public void runEnded(Report report) {
                if (counts.isEmpty()) {
                    counts.add(Bag.of(1, 2, 3).count().compute(own.get()));
                }
            }
        };
        try (Runner runner =
                Runner.local().threads(1).listener(running).listener(told).build()) {
            own.set(runner);
            assertThat(Bag.of(1, 2).count().compute(runner)).isEqualTo(2);
            assertThat(counts).containsExactly(3L);
            Eventually.await()
                    .untilAsserted(() -> assertThat(told.events(Report.class)).hasSize(2));
        }
    }

    @Test
    void aSourceThatCannotBeOpenedFailsItsTask() {
        Bag<Integer> bag = Bag.from(Source.of("broken", List.of(() -> {
            throw new IOException("gone");
        })));
        try (Runner runner = runner(1, "1MB")) {
            failure(() -> bag.compute(runner));
            assertThat(told.events(TaskFailed.class)).hasSize(1);
        }
    }
}
