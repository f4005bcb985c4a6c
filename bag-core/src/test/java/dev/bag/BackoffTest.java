package dev.bag;

import static dev.bag.testing.Eventually.await;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bag.RunListener.TaskEnded;
import dev.bag.testing.ManualAlarm;
import dev.bag.testing.Recorder;
import dev.bag.value.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that wait before they are run again, and failures that are not worth another attempt. */
class BackoffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualAlarm alarm = new ManualAlarm();

    private Runner runner(int threads, Retry retry) {
        return Runner.local().threads(threads).retry(retry).alarm(alarm).build();
    }

    private static Bag<Integer> failing(AtomicInteger calls, int times, Exception failure) {
        return Bag.from(IntStream.range(0, 30).boxed().toList(), 3).map(n -> {
            if (n == 15 && calls.getAndIncrement() < times) {
                throw failure;
            }
            return n;
        });
    }

    private void assertWait(int number, long longest) {
        await().until(() -> alarm.waits().size() == number);
        assertThat(alarm.waits().get(number - 1)).isBetween(longest / 2, longest);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    @Tag("P32")
    void attemptsWaitLongerAndLongerAndHoldNoThread(int threads) {
        Retry retry = Retry.times(6).backoff(Duration.ofSeconds(10), Duration.ofSeconds(35));
        try (Runner runner = runner(threads, retry)) {
            List<Bag<Integer>> bags = List.of(
                    failing(new AtomicInteger(), 4, new IOException("broken")),
                    failing(new AtomicInteger(), 4, new IOException("broken")).scan(Integer::sum),
                    Bag.fromDelayed(List.of(failing(new AtomicInteger(), 4, new IOException("broken"))
                            .sorted()
                            .fold(dev.bag.fold.Folds.toList()))));
            for (Bag<Integer> bag : bags) {
                int before = alarm.waits().size();
                CompletableFuture<List<Integer>> future = bag.computeAsync(runner);
                for (int i = 1; i <= 4; i++) {
                    assertWait(before + i, Math.min(35, 10L << (i - 1)) * 1_000_000_000);
                    // all threads are free meanwhile
                    assertThat(Bag.range(0, 1_000, 50).count().compute(runner)).isEqualTo(1_000);
                    assertThat(future).isNotDone();
                    alarm.advance(alarm.waits().get(before + i - 1) - 1);
                    assertThat(alarm.pending()).isOne();
                    alarm.advance(1);
                }
                assertThat(future.join()).hasSizeGreaterThanOrEqualTo(30);
                assertThat(runner.lastReport().orElseThrow().retries()).isEqualTo(4);
            }
        }
    }

    /** A bag of one task of which each attempt takes a second of {@link #alarm}; two of them fail. */
    private Bag<Integer> secondLong(AtomicInteger calls) {
        return Bag.of(1).map(n -> {
            alarm.advance(SECOND.toNanos());
            if (calls.getAndIncrement() < 2) {
                throw new IOException("broken");
            }
            return n;
        });
    }

    @Test
    void theTimeBetweenAttemptsIsNoWork() {
        Retry retry = Retry.times(3).backoff(Duration.ofSeconds(10), Duration.ofSeconds(10));
        Recorder told = new Recorder();
        AtomicInteger calls = new AtomicInteger();
        List<Delayed<Long>> values = List.of(
                secondLong(new AtomicInteger()).count(),
                secondLong(new AtomicInteger()).scan(Integer::sum).count(),
                Delayed.call(() -> {
                    alarm.advance(SECOND.toNanos());
                    if (calls.getAndIncrement() < 2) {
                        throw new IOException("broken");
                    }
                    return 1L;
                }));
        try (Runner runner = Runner.local()
                .threads(1)
                .retry(retry)
                .alarm(alarm)
                .listener(told)
                .build()) {
            for (Delayed<Long> value : values) {
                int before = alarm.waits().size();
                CompletableFuture<Long> future = value.computeAsync(runner);
                Duration begin = Duration.ZERO;
                List<Duration> begins = new ArrayList<>(List.of(begin));
                for (int i = 1; i <= 2; i++) {
                    assertWait(before + i, 10 * SECOND.toNanos());
                    long wait = alarm.waits().get(before + i - 1);
                    alarm.advance(wait);
                    begin = begin.plus(SECOND).plusNanos(wait);
                    begins.add(begin);
                }
                assertThat(future.join()).isOne();
                Report report = runner.lastReport().orElseThrow();
                assertThat(told.events(TaskEnded.class))
                        .last()
                        .extracting(TaskEnded::run, TaskEnded::elapsed)
                        .containsExactly(report.run(), SECOND);
                assertThat(report.elapsed()).isEqualTo(begin.plus(SECOND));
                Timeline timeline = report.timeline();
                assertThat(timeline.tasks()).extracting(Timeline.Task::elapsed).containsExactly(SECOND, SECOND, SECOND);
                assertThat(timeline.tasks()).extracting(Timeline.Task::begin).isEqualTo(begins);
                assertThat(timeline.stages())
                        .extracting(Timeline.Stage::worked, Timeline.Stage::longest, Timeline.Stage::end)
                        .containsExactly(tuple(SECOND.multipliedBy(3), SECOND, begin.plus(SECOND)));
            }
        }
    }

    @Test
    @Tag("P32")
    void aCallWaitsToo() {
        Retry retry = Retry.times(3).backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        AtomicInteger calls = new AtomicInteger();
        try (Runner runner = runner(1, retry)) {
            CompletableFuture<String> future = Delayed.call(() -> {
                        if (calls.getAndIncrement() < 2) {
                            throw new IOException("broken");
                        }
                        return "done";
                    })
                    .map(text -> text + "!")
                    .computeAsync(runner);
            for (int i = 1; i <= 2; i++) {
                assertWait(i, 1_000_000_000);
                alarm.advance(1_000_000_000);
            }
            assertThat(future.join()).isEqualTo("done!");
        }
    }

    @Test
    @Tag("P32")
    void anActionInsideATaskWaitsForItsOwnTasks() {
        Retry retry = Retry.times(3).backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        AtomicInteger calls = new AtomicInteger();
        try (Runner runner = runner(1, retry)) {
            CompletableFuture<Long> future = Delayed.call(() ->
                            failing(calls, 2, new IOException("broken")).count().compute())
                    .computeAsync(runner);
            for (int i = 1; i <= 2; i++) {
                assertWait(i, 1_000_000_000);
                assertThat(Bag.of(1, 2).count().compute(runner)).isEqualTo(2);
                alarm.advance(1_000_000_000);
            }
            assertThat(future.join()).isEqualTo(30);
        }
    }

    @Test
    @Tag("P32")
    void theLastFailureIsTheOneOfTheRun() {
        IOException broken = new IOException("broken");
        AtomicInteger calls = new AtomicInteger();
        try (Runner runner = runner(2, Retry.times(4))) {
            assertThat(failure(() -> failing(calls, 100, broken).count().compute(runner)))
                    .hasCause(broken);
            assertThat(calls).hasValue(4);
            assertThat(alarm.waits()).isEmpty();
        }
    }

    @Test
    @Tag("P32")
    void onlyFailuresThatThePredicateWantsAreAttemptedAgain() {
        Retry retry = Retry.times(4).when(thrown -> thrown instanceof IOException);
        AtomicInteger calls = new AtomicInteger();
        try (Runner runner = runner(2, retry)) {
            failure(() ->
                    failing(calls, 100, new IllegalStateException("no")).count().compute(runner));
            assertThat(calls).hasValue(1);
            calls.set(0);
            failure(() -> failing(calls, 100, new IOException("yes")).count().compute(runner));
            assertThat(calls).hasValue(4);
        }
        calls.set(0);
        IllegalStateException judged = new IllegalStateException("judged");
        Retry throwing = Retry.times(4).when(thrown -> {
            throw judged;
        });
        try (Runner runner = runner(2, throwing)) {
            assertThat(failure(() ->
                            failing(calls, 100, new IOException("yes")).count().compute(runner)))
                    .hasCause(judged);
            assertThat(judged.getSuppressed()).hasSize(1);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    @Tag("P32")
    void anErrorIsNotAttemptedAgain() {
        AtomicInteger calls = new AtomicInteger();
        try (Runner runner = runner(2, Retry.times(4))) {
            failure(() -> Bag.of(1)
                    .map(n -> {
                        calls.incrementAndGet();
                        throw new StackOverflowError("meant to");
                    })
                    .count()
                    .compute(runner));
            assertThat(calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Tag("P21")
    @Tag("P32")
    void aRunThatIsCancelledWhileATaskWaitsIsOverAtOnceAndForgotten(int threads) {
        Retry retry = Retry.times(4).backoff(Duration.ofHours(1), Duration.ofHours(1));
        Recorder told = new Recorder();
        try (Runner runner = Runner.local()
                .threads(threads)
                .retry(retry)
                .alarm(alarm)
                .listener(told)
                .build()) {
            CompletableFuture<Long> future = failing(new AtomicInteger(), 100, new IOException("broken"))
                    .count()
                    .computeAsync(runner);
            await().until(() -> alarm.pending() == 1);
            future.cancel(true);
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
            await().until(() ->
                    alarm.pending() == 0 && !told.events(Report.class).isEmpty());
            assertThat(Bag.of(1, 2).count().compute(runner)).isEqualTo(2);
        }
    }

    @Test
    @Tag("P32")
    void theAlarmOfTheProcessWakesATask() {
        Retry retry = Retry.times(3).backoff(Duration.ofMillis(2), Duration.ofMillis(2));
        for (Runner.Builder builder : List.of(Runner.local().threads(1), Runner.local())) {
            try (Runner runner = builder.retry(retry).build()) {
                assertThat(failing(new AtomicInteger(), 2, new IOException("broken"))
                                .count()
                                .compute(runner))
                        .isEqualTo(30);
            }
        }
    }
}
