package dev.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bag.run.watch.RunObserver;
import dev.bag.schedule.Alarm;
import dev.bag.testing.Eventually;
import dev.bag.testing.ManualAlarm;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stages and tasks of a report are those of the run. */
@Tag("P41")
class TimelineTest {

    private static Timeline of(Runner runner, Delayed<?> value) {
        value.compute(runner);
        return runner.lastReport().orElseThrow().timeline();
    }

    @Test
    void eachTaskIsThereOnce() {
        for (Runner runner : List.of(Runner.inline(), Runner.local().threads(3).build())) {
            try (runner) {
                Bag<Long> bag = Bag.range(0, 1000, 12).map(n -> n * 7 % 1000);
                Timeline timeline = of(runner, bag.groupBy(n -> n % 10).count());
                assertThat(timeline.stages()).extracting(Timeline.Stage::stage).containsExactly(0, 1);
                assertThat(timeline.stages().get(0).what()).contains("map").contains("groupBy");
                for (Timeline.Stage stage : timeline.stages()) {
                    List<Timeline.Task> tasks = timeline.tasks().stream()
                            .filter(task -> task.stage() == stage.stage())
                            .toList();
                    assertThat(stage.tasks()).isEqualTo(12);
                    assertThat(stage.tasksEnded()).isEqualTo(12);
                    assertThat(tasks)
                            .extracting(Timeline.Task::task)
                            .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
                    assertThat(tasks).noneMatch(Timeline.Task::failed);
                    assertThat(tasks.stream().map(Timeline.Task::elapsed).reduce(Duration.ZERO, Duration::plus))
                            .isEqualTo(stage.worked());
                    assertThat(tasks.stream().map(Timeline.Task::elapsed).max(Duration::compareTo))
                            .hasValue(stage.longest());
                    assertThat(stage.begin()).isLessThanOrEqualTo(stage.end());
                }
                Duration elapsed = runner.lastReport().orElseThrow().elapsed();
                assertThat(timeline.tasks())
                        .allMatch(task -> task.begin().plus(task.elapsed()).compareTo(elapsed) <= 0);
                Timeline.Sample last = timeline.samples().get(timeline.samples().size() - 1);
                assertThat(last.recordsRead()).isEqualTo(1000);
            }
        }
    }

    /** What goes to disk counts for the stage that has left it, also what is written once more because a key is too large. */
    @Test
    @Tag("P35")
    void aStageKnowsWhatItReadAndSpilled() {
        for (int threads : new int[] {1, 3}) {
            try (Runner runner = Runner.local().threads(threads).memory("2MB").build()) {
                Bag<String> words = Bag.range(0, 60_000, 12).map(n -> "word number " + n % 30_000);
                KeyedBag<String, List<String>> groups = words.groupBy(word -> word.length() < 14 ? "one" : word);
                Delayed<Integer> most = groups.mapValues(List::size)
                        .values()
                        .max(Comparator.naturalOrder())
                        .map(Optional::orElseThrow);
                Timeline timeline = of(runner, most);
                Report report = runner.lastReport().orElseThrow();
                assertThat(timeline.stages())
                        .extracting(Timeline.Stage::recordsRead)
                        .containsExactly(60_000L, groups.count().compute());
                assertThat(timeline.stages().get(1).spilledBytes()).isZero();
                assertThat(timeline.stages().get(0).spilledBytes()).isPositive().isEqualTo(report.spilledBytes());
            }
        }
    }

    @Test
    void attemptsThatFailAreThere() {
        Set<Long> failed = ConcurrentHashMap.newKeySet();
        Bag<Long> flaky = Bag.range(0, 40, 4).map(n -> {
            if (n % 10 == 9 && failed.add(n)) {
                throw new IOException("once");
            }
            return n;
        });
        try (Runner runner = Runner.local().threads(2).retries(1).build()) {
            Timeline timeline = of(runner, flaky.count());
            assertThat(timeline.tasks())
                    .hasSize(8)
                    .filteredOn(Timeline.Task::failed)
                    .hasSize(4);
            assertThat(timeline.stages().get(0).tasksEnded()).isEqualTo(4);
        }
        try (Runner runner = Runner.inline()) {
            Bag<Long> failing = Bag.range(0, 40, 4).map(n -> 10 / (n - 25));
            assertThat(catchThrowable(() -> failing.count().compute(runner))).isInstanceOf(BagException.class);
            Timeline timeline = runner.lastReport().orElseThrow().timeline();
            assertThat(timeline.tasks()).extracting(Timeline.Task::failed).containsExactly(false, false, true);
            assertThat(timeline.stages().get(0).tasksEnded()).isEqualTo(2);
        }
    }

    @Test
    void manyTasksDoNotMakeItLarge() {
        try (Runner runner = Runner.local().threads(2).build()) {
            int count = 20_000;
            Timeline timeline =
                    of(runner, Bag.range(0, count, count).filter(n -> true).count());
            assertThat(timeline.tasks()).hasSizeBetween(2_000, 4_000);
            assertThat(timeline.samples()).hasSizeBetween(2, 1_001);
            assertThat(timeline.stages().get(0).tasksEnded()).isEqualTo(count);
            Duration longest = timeline.tasks().stream()
                    .map(Timeline.Task::elapsed)
                    .max(Duration::compareTo)
                    .orElseThrow();
            assertThat(longest).isEqualTo(timeline.stages().get(0).longest());
        }
    }

    @Test
    void aStageEndsWithTheLastOfItsTasks() {
        ManualAlarm clock = new ManualAlarm();
        RunTimeline timeline = new RunTimeline(() -> new RunObserver.Usage(0, 0, 0, 0), clock);
        timeline.stageStarted(0, 2, () -> "two");
        timeline.taskEnded(0, 1, 10, 300, false);
        timeline.taskEnded(0, 0, 10, 200, false); // told by a slower thread
        assertThat(timeline.timeline().stages())
                .singleElement()
                .extracting(Timeline.Stage::end)
                .isEqualTo(Duration.ofNanos(300));
    }

    /** What it is told of when memory is full. */
    @Test
    @Tag("P22")
    void aRunWhoseReportCannotBeMadeDoesNotStayOnTheDashboard() {
        AtomicReference<Report> last = new AtomicReference<>();
        try (Dashboard dashboard = new Dashboard()) {
            ListenedRun run = new ListenedRun(List.of(), last, dashboard, null, new ManualAlarm());
            run.started("count", () -> RunObserver.SoFar.NOTHING, () -> {
                throw new OutOfMemoryError("a test lets memory be full");
            });
            assertThat(dashboard.runsThatGoOn()).isOne();
            run.ended(null, new RunObserver.Totals(0, 0, 0, 0, 0, Duration.ZERO, 0, Map.of()), null);
            assertThat(dashboard.runsThatGoOn()).isZero();
        }
        assertThat(last).hasValue(null);
    }

    /** Has no memory to remember what comes later. */
    private static final class FullAlarm implements Alarm {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Runnable after(long nanos, Runnable work) {
            throw new OutOfMemoryError("a test lets memory be full");
        }
    }

    @Test
    @Tag("P22")
    void aRunThatCannotBeginDoesNotStayOpen() {
        for (boolean isAsync : new boolean[] {false, true}) {
            try (Runner runner = Runner.local()
                    .threads(1)
                    .alarm(new FullAlarm())
                    .progress(Progress.to(state -> {}))
                    .build()) {
                Delayed<Long> count = Bag.of(1, 2).count();
                assertThat(catchThrowable(() -> {
                            if (isAsync) {
                                count.computeAsync(runner).join();
                            } else {
                                count.compute(runner);
                            }
                        }))
                        .isNotNull();
                assertThat(runner.lastReport()).as("of a run that has ended").isPresent();
            }
        }
    }

    @Test
    void callsAreNoTasks() {
        try (Runner runner = Runner.local().threads(2).build()) {
            assertThat(of(runner, Delayed.call(() -> 1).map(n -> n + 1)).tasks())
                    .isEmpty();
        }
    }

    /** What is kept has listeners to what is written, which must not keep the plan. */
    @Test
    @Tag("P38")
    void whatIsKeptDoesNotKeepWhatItWasMadeOf() {
        try (Runner runner = Runner.local().threads(2).build()) {
            Object[] record = {new Object()};
            WeakReference<Object> seen = new WeakReference<>(record[0]);
            Persisted<Integer> kept =
                    Bag.from(List.of(record[0]), 1).map(Object::hashCode).persist(runner);
            record[0] = kept;
            Eventually.await().until(() -> {
                System.gc();
                return seen.get() == null;
            });
            kept.close();
        }
    }
}
