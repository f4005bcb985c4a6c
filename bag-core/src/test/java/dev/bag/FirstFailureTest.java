package dev.bag;

import static dev.bag.testing.Eventually.await;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bag.fold.Fold;
import dev.bag.testing.Runners;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After the first failure nothing new starts, and the call returns when no user code of the run is running. */
@Tag("P19")
class FirstFailureTest {

    private static void awaitUninterruptibly(CountDownLatch latch, AtomicBoolean interrupted) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        }
    }

    @Test
    void theCallDoesNotReturnWhileUserCodeIsRunning() {
        CountDownLatch bothRun = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicInteger running = new AtomicInteger();
        Bag<Long> bag = Bag.range(0, 2, 2).map(n -> {
            running.incrementAndGet();
            bothRun.countDown();
            try {
                if (n == 0) {
                    bothRun.await();
                    throw new IllegalStateException("first");
                }
                awaitUninterruptibly(release, interrupted);
                return n;
            } finally {
                running.decrementAndGet();
            }
        });
        CompletableFuture<Integer> runningAtReturn = CompletableFuture.supplyAsync(() -> {
            BagException failure = failure(() -> bag.compute(Runners.TWO));
            assertThat(failure.getCause()).hasMessage("first");
            return running.get();
        });
        await().untilTrue(interrupted);
        assertThat(running).hasValue(1);
        assertThat(runningAtReturn).isNotDone();
        release.countDown();
        assertThat(runningAtReturn.join()).isZero();
    }

    @Test
    void nothingNewStarts() {
        for (int threads : new int[] {1, 2, 7}) {
            CountDownLatch allRun = new CountDownLatch(threads);
            AtomicInteger started = new AtomicInteger();
            try (Runner runner = Runner.local().threads(threads).build()) {
                failure(() -> Bag.range(0, 1_000, 1_000)
                        .map(n -> {
                            started.incrementAndGet();
                            allRun.countDown();
                            allRun.await();
                            if (n == 0) {
                                throw new IllegalStateException("first");
                            }
                            new CountDownLatch(1).await(); // until it is interrupted
                            return n;
                        })
                        .compute(runner));
            }
            assertThat(started).hasValue(threads);
        }
    }

    @Test
    void nothingBehindTheFailureIsCalled() {
        AtomicInteger merged = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        AtomicInteger later = new AtomicInteger();
        for (Runner runner : Runners.ALL) {
            Delayed<Long> sum = Bag.range(0, 10, 10)
                    .map(n -> 10 / (n - 9))
                    .fold(Fold.of(
                            () -> 0L,
                            (a, n) -> a + n,
                            (a, b) -> {
                                merged.incrementAndGet();
                                return a + b;
                            },
                            a -> {
                                finished.incrementAndGet();
                                return a;
                            }));
            failure(() -> sum.map(n -> later.incrementAndGet()).compute(runner));
        }
        assertThat(finished).hasValue(0);
        assertThat(later).hasValue(0);
    }

    @Test
    void theStreamFailsOnceAndThenHasNoMore() {
        for (Runner runner : Runners.ALL) {
            AtomicInteger running = new AtomicInteger();
            Bag<Long> bag = Bag.range(0, 1_000, 10).map(n -> {
                running.incrementAndGet();
                try {
                    return 1_000 / (n - 500);
                } finally {
                    running.decrementAndGet();
                }
            });
            try (Stream<Long> stream = bag.stream(runner)) {
                BagException failure = failure(() -> stream.forEach(n -> {}));
                assertThat(running).hasValue(0);
                assertThat(failure.operator()).isEqualTo("map");
                assertThat(failure.partition()).hasValue(5);
                assertThat(failure.recordExcerpt()).hasValue("500");
            }
        }
    }

    @Test
    @Tag("P20")
    void whatElseFailsIsAmongTheSuppressedExceptions() {
        CyclicBarrier both = new CyclicBarrier(2);
        List<IllegalStateException> thrown =
                List.of(new IllegalStateException("zero"), new IllegalStateException("one"));
        BagException failure = failure(() -> Bag.range(0, 2, 2)
                .map(n -> {
                    both.await();
                    throw thrown.get(n.intValue());
                })
                .compute(Runners.TWO));
        assertThat(Stream.concat(Stream.of(failure.getCause()), Stream.of(failure.getSuppressed())))
                .containsExactlyInAnyOrderElementsOf(thrown);
    }

    @Test
    void theNextRunOnTheSameRunnerWorks() {
        for (Runner runner : Runners.ALL) {
            Bag<Long> bag = Bag.range(0, 100, 10);
            failure(() -> bag.map(n -> 1 / (n - 50)).compute(runner));
            assertThat(bag.sumLong(n -> n).compute(runner)).isEqualTo(4950);
        }
    }
}
