package dev.bag;

import static dev.bag.testing.Eventually.await;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.ManualAlarm;
import dev.bag.testing.ProbedSource;
import dev.bag.value.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks and runs that take too long. */
class TimeoutsTest {

    private static final long SECOND = 1_000_000_000;

    private final ManualAlarm alarm = new ManualAlarm();

    private Runner.Builder builder(int threads) {
        return Runner.local().threads(threads).alarm(alarm);
    }

    private static Object waitForever() throws InterruptedException {
        new CountDownLatch(1).await();
        return 1;
    }

    /** Lets time go by until the future has ended. */
    private void pass(CompletableFuture<?> future) {
        await().until(() -> {
            alarm.advance(SECOND / 10);
            return future.isDone();
        });
    }

    private static Throwable cause(CompletableFuture<?> future) {
        try {
            future.join();
            throw new AssertionError("it has not failed");
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    @Tag("P21")
    void aTaskThatHeedsInterruptsFailsWithATimeout(int threads) {
        try (Runner runner = builder(threads).taskTimeout(Duration.ofSeconds(5)).build()) {
            List<Bag<?>> bags = List.of(
                    Bag.of(1, 2).map(n -> n == 2 ? waitForever() : n).named("wait"),
                    Bag.from(ProbedSource.pipelined(List.of(List.of(List.of(1L, 2L), List.of(3L)))))
                            .map(n -> n == 2 ? waitForever() : n)
                            .named("wait"),
                    Bag.fromDelayed(
                            List.of(Delayed.call(() -> List.of(waitForever())).named("wait"))));
            for (Bag<?> bag : bags) {
                CompletableFuture<?> future = bag.computeAsync(runner);
                pass(future);
                assertThat(cause(future))
                        .isInstanceOf(BagException.class)
                        .hasMessageContaining("wait")
                        .hasMessageContaining("TimeoutException: the task took longer than taskTimeout(PT5S)")
                        .hasCauseInstanceOf(TimeoutException.class);
                assertThat(Bag.range(0, 100, 10).count().compute(runner)).isEqualTo(100);
            }
        }
    }

    @Test
    @Tag("P32")
    void aTaskThatWasLateIsRunAgain() {
        AtomicInteger calls = new AtomicInteger();
        try (Runner runner = builder(2)
                .taskTimeout(Duration.ofSeconds(5))
                .retry(Retry.times(3).when(thrown -> thrown instanceof TimeoutException))
                .build()) {
            CompletableFuture<List<Object>> future = Bag.of(1, 2)
                    .<Object>map(n -> n == 2 && calls.incrementAndGet() < 3 ? waitForever() : n)
                    .computeAsync(runner);
            pass(future);
            assertThat(future.join()).isEqualTo(List.of(1, 2));
            assertThat(calls).hasValue(3);
            assertThat(runner.lastReport().orElseThrow().retries()).isEqualTo(2);
        }
    }

    @Test
    void aTaskThatIsQuickEnoughIsLeftAlone() {
        try (Runner runner = builder(1)
                .taskTimeout(Duration.ofSeconds(5))
                .runTimeout(Duration.ofHours(1))
                .build()) {
            AtomicInteger seen = new AtomicInteger();
            Bag.range(0, 200, 100)
                    .forEach(
                            n -> {
                                alarm.advance(SECOND);
                                assertThat(Thread.currentThread().isInterrupted())
                                        .isFalse();
                                seen.incrementAndGet();
                            },
                            runner);
            assertThat(seen).hasValue(200);
            assertThat(alarm.pending()).isZero();
        }
    }

    /** Heeds no interrupt until it is let go. */
    private static final class Hung {
        final CountDownLatch go = new CountDownLatch(1);
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        <T> T call(T result) {
            threads.add(Thread.currentThread());
            boolean done = false;
            while (!done) {
                try {
                    go.await();
                    done = true;
                } catch (InterruptedException e) {
                    // does not heed it
                }
            }
            return result;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    @Tag("P21")
    void aThreadThatHeedsNoInterruptIsLeftBehindAndNamed(int threads) {
        Hung hung = new Hung();
        Runner runner = builder(threads).taskTimeout(Duration.ofSeconds(5)).build();
        for (int round = 0; round < 3; round++) {
            CompletableFuture<List<Integer>> future = Bag.from(List.of(1, 2, 3), 3)
                    .map(n -> n == 2 ? hung.call(n) : n)
                    .computeAsync(runner);
            pass(future);
            assertThat(cause(future))
                    .hasMessageContaining("(partition 2 of 3)")
                    .hasMessageContaining("the task took longer than taskTimeout(PT5S), and its thread bag-worker-")
                    .hasMessageContaining("heeds no interrupt, at ")
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(cause(future).getCause().getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(Hung.class.getName()));
            // as many threads work as before
            Set<Thread> working = ConcurrentHashMap.newKeySet();
            CountDownLatch all = new CountDownLatch(threads);
            Bag.range(0, threads, threads)
                    .forEach(
                            n -> {
                                working.add(Thread.currentThread());
                                all.countDown();
                                all.await();
                            },
                            runner);
            assertThat(working).hasSize(threads).doesNotContainAnyElementsOf(hung.threads);
        }
        assertThat(hung.threads).hasSize(3).allMatch(Thread::isAlive);
        runner.close(); // does not wait for them
        assertThat(hung.threads).allMatch(Thread::isAlive);
        hung.go.countDown();
        await().until(() -> hung.threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void aThreadThatWasLeftBehindAndComesBackIsUsedAgainOrEnds() {
        Hung hung = new Hung();
        try (Runner runner = builder(2).taskTimeout(Duration.ofSeconds(5)).build()) {
            CompletableFuture<List<Integer>> future =
                    Bag.of(1).map(n -> hung.call(n)).computeAsync(runner);
            pass(future);
            hung.go.countDown();
            Set<Thread> working = ConcurrentHashMap.newKeySet();
            await().until(() -> {
                CountDownLatch both = new CountDownLatch(2);
                Bag.range(0, 2, 2)
                        .forEach(
                                n -> {
                                    working.add(Thread.currentThread());
                                    both.countDown();
                                    both.await();
                                },
                                runner);
                return true;
            });
            assertThat(Bag.range(0, 100, 10).count().compute(runner)).isEqualTo(100);
        }
        await().until(() -> hung.threads.stream().noneMatch(Thread::isAlive));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Tag("P21")
    void aRunThatTakesTooLongFails(int threads) {
        Hung hung = new Hung();
        try (Runner runner = builder(threads).runTimeout(Duration.ofSeconds(30)).build()) {
            CompletableFuture<List<Object>> heeds =
                    Bag.of(1, 2).map(n -> waitForever()).computeAsync(runner);
            pass(heeds);
            assertThat(cause(heeds))
                    .hasMessageContaining("the run took longer than runTimeout(PT30S)")
                    .hasCauseInstanceOf(TimeoutException.class);
            CompletableFuture<List<Integer>> heedsNot =
                    Bag.of(1, 2).map(n -> hung.call(n)).computeAsync(runner);
            pass(heedsNot);
            assertThat(cause(heedsNot)).hasMessageContaining("the run took longer than runTimeout(PT30S)");
            assertThat(Bag.range(0, 100, 10).count().compute(runner)).isEqualTo(100);
            hung.go.countDown();
        }
    }

    @Test
    @Tag("P24")
    void anActionInsideATaskTimesOut() {
        Hung hung = new Hung();
        try (Runner runner = builder(2).taskTimeout(Duration.ofSeconds(5)).build()) {
            CompletableFuture<Long> future = Delayed.call(() -> Bag.from(List.of(1, 2), 2)
                            .map(n -> hung.call(n))
                            .count()
                            .compute())
                    .computeAsync(runner);
            pass(future);
            assertThat(cause(future)).hasRootCauseInstanceOf(TimeoutException.class);
            hung.go.countDown();
            assertThat(Bag.range(0, 100, 10).count().compute(runner)).isEqualTo(100);
        }
    }

    @Test
    @Tag("P21")
    void theAlarmOfTheProcessEndsATask() {
        Runner runner =
                Runner.local().threads(1).taskTimeout(Duration.ofMillis(20)).build();
        try (runner) {
            assertThat(failure(() -> Bag.of(1).map(n -> waitForever()).compute(runner)))
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void timesMustBePositive() {
        assertThatThrownBy(() -> Runner.local().taskTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("taskTimeout(PT0S): more than 0 is needed");
        assertThatThrownBy(() -> Runner.local().runTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("runTimeout(PT-1S): more than 0 is needed");
    }
}
