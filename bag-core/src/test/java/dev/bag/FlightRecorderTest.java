package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.testing.ChildJvm;
import dev.bag.testing.Eventually;
import dev.bag.testing.ManualAlarm;
import dev.bag.value.Retry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder of the JVM is told of runs. */
class FlightRecorderTest {

    @TempDir
    Path folder;

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private List<RecordedEvent> recorded(Runnable runs) throws IOException {
        Path file = folder.resolve("runs.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.bag.Call").withoutThreshold();
            recording.start();
            runs.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.bag."))
                .toList();
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String kind) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.bag." + kind))
                .toList();
    }

    @Test
    void runsStagesTasksAndSpillsAreRecorded() throws IOException {
        try (Runner runner =
                Runner.local().threads(2).memory("20kB").tempDirectory(folder).build()) {
            List<RecordedEvent> events = recorded(() -> Bag.from(numbers(20_000), 8)
                    .groupBy(n -> n % 1_000)
                    .mapValues(List::size)
                    .compute(runner));
            Report report = runner.lastReport().orElseThrow();
            assertThat(of(events, "Run")).singleElement().satisfies(run -> {
                assertThat(run.getLong("run")).isEqualTo(report.run());
                assertThat(run.getString("what")).isEqualTo(report.what());
                assertThat(run.getBoolean("successful")).isTrue();
                assertThat(run.getLong("recordsRead")).isEqualTo(20_000);
                assertThat(run.getDuration()).isPositive();
            });
            List<RecordedEvent> stages = of(events, "Stage");
            assertThat(stages).hasSize(2);
            assertThat(of(events, "Task"))
                    .hasSize(stages.stream()
                            .mapToInt(stage -> stage.getInt("tasks"))
                            .sum())
                    .allSatisfy(task -> assertThat(task.getString("failure")).isNull());
            assertThat(of(events, "Spill").stream()
                            .mapToLong(spill -> spill.getLong("bytes"))
                            .sum())
                    .isEqualTo(report.spilledBytes());
        }
    }

    @Test
    void attemptsThatFailAreRecorded() throws IOException {
        try (Runner runner = Runner.local().threads(2).retries(2).build()) {
            List<RecordedEvent> events = recorded(() -> failure(
                    () -> Bag.from(numbers(10), 1).map(n -> 1 / (n - 5)).count().compute(runner)));
            assertThat(of(events, "Task"))
                    .hasSize(3)
                    .allSatisfy(task ->
                            assertThat(task.getString("failure")).isEqualTo(ArithmeticException.class.getName()));
            assertThat(of(events, "Run"))
                    .singleElement()
                    .satisfies(run -> assertThat(run.getLong("retries")).isEqualTo(2));
        }
    }

    /** Recorded while a task waits for its next attempt. */
    @Name("dev.bag.Waiting")
    static final class WaitingEvent extends Event {}

    @Test
    void theTimeBetweenAttemptsBelongsToNone() throws IOException {
        ManualAlarm alarm = new ManualAlarm();
        Retry retry = Retry.times(2).backoff(Duration.ofHours(1), Duration.ofHours(1));
        List<Long> failures = new CopyOnWriteArrayList<>();
        Bag<Long> failsOnce = Bag.from(numbers(10), 1).map(n -> {
            if (failures.isEmpty()) {
                failures.add(n);
                throw new IOException("broken");
            }
            return n;
        });
        try (Runner runner = Runner.local().threads(1).retry(retry).alarm(alarm).build()) {
            List<RecordedEvent> events = recorded(() -> {
                CompletableFuture<Long> count = failsOnce.count().computeAsync(runner);
                Eventually.await().until(() -> alarm.pending() == 1);
                new WaitingEvent().commit();
                alarm.advance(Duration.ofHours(1).toNanos());
                assertThat(count.join()).isEqualTo(10);
            });
            assertThat(of(events, "Waiting"))
                    .singleElement()
                    .satisfies(waiting -> assertThat(of(events, "Task"))
                            .hasSize(2)
                            .noneMatch(task -> task.getStartTime().isBefore(waiting.getStartTime())
                                    && task.getEndTime().isAfter(waiting.getStartTime())));
        }
    }

    @Test
    void callsAreRecorded() throws IOException {
        try (Runner runner = Runner.local().threads(2).build()) {
            Delayed<Integer> parsed = Delayed.call(() -> Integer.parseInt("x"))
                    .named("parse")
                    .retry(Retry.times(2))
                    .recover(e -> 1);
            Delayed<Integer> sum = Delayed.call(
                            Integer::sum, parsed, Delayed.call(() -> 2).named("two"))
                    .named("sum");
            List<RecordedEvent> events =
                    recorded(() -> assertThat(sum.compute(runner)).isEqualTo(3));
            assertThat(of(events, "Call"))
                    .extracting(call -> call.getString("what") + " " + call.getBoolean("successful"))
                    .containsExactlyInAnyOrder(
                            "call \"parse\" false",
                            "call \"parse\" false",
                            "recover true",
                            "call \"two\" true",
                            "call \"sum\" true");
        }
    }

    /** Counts, and says whether there is a flight recorder. */
    static final class Counts {

        private Counts() {}

        public static void main(String[] args) {
            System.out.println(Bag.range(0, 1_000, 10).count().compute() + " "
                    + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        }
    }

    @Test
    void withoutAFlightRecorderAllRunsAsBefore() throws IOException, InterruptedException {
        ChildJvm.Result result =
                ChildJvm.run(Counts.class, List.of("--limit-modules", "java.base,java.logging,jdk.unsupported"));
        assertThat(result.output()).isEqualToIgnoringWhitespace("1000 false");
        assertThat(result.exitCode()).isZero();
    }

    /** Runs without a recording, and prints which classes of the recorder are loaded then. */
    @Test
    @Tag("P41")
    void whileNothingIsRecordedItIsNotStarted() throws IOException, InterruptedException {
        ChildJvm.Result result = ChildJvm.run(Counts.class, List.of("-Xlog:class+load:stdout"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).contains("1000 true").doesNotContain("dev.bag.run.RecordedRun$TaskEvent");
    }
}
