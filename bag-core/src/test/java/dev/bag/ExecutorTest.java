package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.Eventually;
import dev.bag.value.InFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runners on executors of the user, which may do what they like. */
@Timeout(60)
class ExecutorTest {

    private final List<ExecutorService> services = new ArrayList<>();

    @AfterEach
    void shutDown() {
        services.forEach(ExecutorService::shutdownNow);
    }

    private ThreadPoolExecutor fixed(int threads) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "users-thread");
                    thread.setDaemon(true);
                    return thread;
                });
        services.add(executor);
        return executor;
    }

    private static Runner on(Executor executor, int threads) {
        return Runner.local().threads(threads).executor(executor).build();
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    static Stream<Executor> executors() {
        AtomicInteger calls = new AtomicInteger();
        return Stream.of(
                Runnable::run,
                new ForkJoinPool(1),
                new ForkJoinPool(3),
                Executors.newCachedThreadPool(),
                work -> new Thread(work).start(),
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>()),
                new ThreadPoolExecutor(
                        1, 2, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy()),
                work -> {
                    throw new RejectedExecutionException("no");
                },
                work -> {
                    if (calls.incrementAndGet() % 3 == 0) {
                        new Thread(work).start();
                    } else {
                        throw new RejectedExecutionException("not now");
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("executors")
    @Tag("P2")
    void resultsAreTheSame(Executor executor) throws Exception {
        List<Long> sorted =
                LongStream.range(0, 500).map(n -> n * 7 % 500).sorted().boxed().toList();
        for (int threads : List.of(1, 3)) {
            try (Runner runner = on(executor, threads)) {
                Bag<Long> bag = Bag.range(0, 500, 7).map(n -> n * 7 % 500);
                assertThat(bag.sorted().compute(runner)).isEqualTo(sorted);
                assertThat(bag.sorted().computeAsync(runner).get()).isEqualTo(sorted);
                assertThat(bag.sorted().stream(runner).toList()).isEqualTo(sorted);
                assertThat(bag.mapAsync(n -> n, InFlight.of(3))
                                .sorted()
                                .computeAsync(runner)
                                .get())
                        .isEqualTo(sorted);
                assertThat(bag.limit(20).scan(Long::sum).count().compute(runner))
                        .isEqualTo(20);
                assertThat(Delayed.all(LongStream.range(0, 500)
                                        .mapToObj(n -> Delayed.call(() -> n))
                                        .toList())
                                .compute(runner))
                        .hasSize(500);
            }
        }
        if (executor instanceof ExecutorService service) {
            assertThat(service.isShutdown()).as("after close of the runner").isFalse();
            service.shutdown();
            assertThat(service.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Each of {@code n} tasks waits until all run at the same time. */
    private static Bag<String> together(int n) {
        CountDownLatch there = new CountDownLatch(n);
        return Bag.range(0, n, n).map(i -> {
            there.countDown();
            there.await();
            return thread();
        });
    }

    @Test
    void tasksRunOnIt() throws Exception {
        try (Runner runner = on(fixed(4), 3)) {
            assertThat(together(3).computeAsync(runner).get()).containsOnly("users-thread");
        }
    }

    @Test
    void noMoreTasksRunOnItAtOnceThanAreAllowed() {
        AtomicInteger now = new AtomicInteger();
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        try (Runner runner = on(fixed(8), 2)) {
            Bag.range(0, 2_000, 200)
                    .forEach(
                            n -> {
                                boolean isTheirs = thread().equals("users-thread");
                                if (isTheirs) {
                                    seen.add(now.incrementAndGet());
                                    Thread.yield();
                                    now.decrementAndGet();
                                }
                            },
                            runner);
        }
        assertThat(seen).allMatch(count -> count <= 2);
    }

    @Test
    void threadsAreGivenBackWhenThereIsNothingToDo() {
        ThreadPoolExecutor executor = fixed(2);
        try (Runner runner = on(executor, 2)) {
            for (int i = 0; i < 20; i++) {
                assertThat(Bag.range(0, 100, 10).count().compute(runner)).isEqualTo(100);
            }
            Eventually.await().until(() -> executor.getActiveCount() == 0);
        }
        assertThat(executor.isShutdown()).isFalse();
    }

    @Test
    @Tag("P24")
    void anExecutorWithoutThreadsToSpareIsNotWaitedFor() {
        ThreadPoolExecutor executor = fixed(1);
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            try {
                done.await();
            } catch (InterruptedException e) {
                // it ends
            }
        });
        try (Runner runner = on(executor, 4)) {
            assertThat(Bag.range(0, 100, 10).map(n -> thread()).distinct().compute(runner))
                    .containsExactly(thread());
            assertThat(Bag.range(0, 100, 10).sorted().stream(runner).toList()).hasSize(100);
        } finally {
            done.countDown();
        }
    }

    @Test
    @Tag("P24")
    void anActionOnItsOnlyThreadDoesNotWaitForAnother() throws Exception {
        ThreadPoolExecutor executor = fixed(1);
        try (Runner runner = on(executor, 4)) {
            Bag<Long> inner = Bag.range(0, 50, 5);
            assertThat(executor.submit(() -> inner.count().compute(runner)).get())
                    .isEqualTo(50);
            assertThat(Bag.range(0, 20, 10)
                            .map(n -> inner.map(m -> m + n).count().compute())
                            .computeAsync(runner)
                            .get())
                    .hasSize(20)
                    .containsOnly(50L);
        }
    }

    @Test
    void oneThatRunsThingsOnTheCallingThreadDoesAllOfIt() throws Exception {
        try (Runner runner = on(Runnable::run, 4)) {
            Bag<String> threads = Bag.range(0, 100, 10).map(n -> thread()).distinct();
            assertThat(threads.compute(runner)).containsExactly(thread());
            CompletableFuture<List<String>> result = threads.computeAsync(runner);
            assertThat(result).isDone();
            assertThat(result.get()).containsExactly(thread());
        }
    }

    @Test
    @Tag("P28")
    void aTaskThatWaitsInsideAFunctionHasAnotherInItsPlace() throws Exception {
        try (Runner runner = on(fixed(1), 1)) {
            Delayed<List<Integer>> late = Delayed.call(() -> List.of(1)).blocking();
            Bag<Integer> bag = Bag.fromDelayed(List.of(late, Delayed.call(() -> List.of(2))))
                    .mapPartitions(records -> records);
            assertThat(bag.computeAsync(runner).get(30, TimeUnit.SECONDS)).containsExactly(1, 2);
        }
    }

    @Test
    void oneThatWasShutDownBeforeIsAnErrorThatSaysSo() {
        ThreadPoolExecutor executor = fixed(1);
        executor.shutdown();
        try (Runner runner = on(executor, 2)) {
            Bag<Long> bag = Bag.range(0, 10, 2);
            assertThat(failure(() -> bag.compute(runner)))
                    .hasMessage(
                            "the run failed: IllegalStateException: the executor of this runner was shut down while it was"
                                    + " needed; shut it down when the last run is over")
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(bag.computeAsync(runner)).isCompletedExceptionally();
        }
    }

    @Test
    void oneThatIsShutDownInMidRunIsAnErrorThatSaysSo() {
        ThreadPoolExecutor executor = fixed(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch isShutDown = new CountDownLatch(1);
        try (Runner runner = on(executor, 2)) {
            CompletableFuture<List<Long>> result = Bag.range(0, 100, 10)
                    .mapAsync(
                            n -> {
                                begun.countDown();
                                isShutDown.await();
                                return n;
                            },
                            InFlight.of(1))
                    .computeAsync(runner);
            await(begun);
            Eventually.await().until(() -> executor.getActiveCount() == 0); // all tasks wait for calls
            executor.shutdown();
            isShutDown.countDown();
            assertThatThrownBy(result::get).cause().hasMessageContaining("the executor of this runner was shut down");
        }
    }

    @Test
    void oneThatIsShutDownAtOnceInMidRunIsAnErrorThatSaysSo() {
        ThreadPoolExecutor executor = fixed(1);
        CountDownLatch begun = new CountDownLatch(1);
        try (Runner runner = on(executor, 1)) {
            CompletableFuture<List<Long>> result = Bag.range(0, 100, 10)
                    .map(n -> {
                        begun.countDown();
                        new CountDownLatch(1).await();
                        return n;
                    })
                    .computeAsync(runner);
            await(begun);
            executor.shutdownNow();
            assertThatThrownBy(result::get).cause().hasMessageContaining("the executor of this runner was shut down");
        }
    }

    private static void await(CountDownLatch latch) {
        Eventually.await().until(() -> latch.getCount() == 0);
    }

    @Test
    void oneThatFailsIsAnError() {
        Executor broken = work -> {
            throw new IllegalStateException("broken");
        };
        try (Runner runner = on(broken, 1)) {
            assertThat(failure(() -> Bag.range(0, 10, 2).compute(runner)))
                    .hasMessage("the run failed: IllegalStateException: broken");
        }
    }

    @Test
    @Tag("P21")
    void aTaskThatHangsIsLeftBehind() {
        CountDownLatch released = new CountDownLatch(1);
        try (Runner runner = Runner.local()
                .threads(1)
                .executor(fixed(1))
                .taskTimeout(Duration.ofMillis(50))
                .build()) {
            CompletableFuture<List<Integer>> result = Bag.of(1)
                    .map(n -> {
                        while (released.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        return n;
                    })
                    .computeAsync(runner);
            assertThatThrownBy(result::get).cause().hasCauseInstanceOf(TimeoutException.class);
            assertThat(Bag.of(2).computeAsync(runner).join()).containsExactly(2);
        } finally {
            released.countDown();
        }
    }

    @Test
    @Tag("P19")
    void whenAFailureReturnsNothingRunsOnIt() {
        AtomicInteger inside = new AtomicInteger();
        try (Runner runner = on(fixed(4), 4)) {
            for (int i = 0; i < 50; i++) {
                failure(() -> Bag.range(0, 100, 20)
                        .map(n -> {
                            inside.incrementAndGet();
                            try {
                                return 1 / (n % 37 == 36 ? 0 : 1);
                            } finally {
                                inside.decrementAndGet();
                            }
                        })
                        .compute(runner));
                assertThat(inside).hasValue(0);
            }
        }
    }
}
