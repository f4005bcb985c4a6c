package dev.bag;

import static dev.bag.testing.Eventually.await;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.testing.Cuts;
import dev.bag.testing.ProbedSource;
import dev.bag.testing.Runners;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs are cancelled by their future, by an interrupt of the caller, and by closing their stream or their runner. */
@Tag("P21")
class CancelTest {

    /** User code that waits until it is interrupted, and says how many wait. */
    private static final class Blocking {

        final AtomicInteger waiting = new AtomicInteger();
        final CountDownLatch begun = new CountDownLatch(1);
        final AtomicInteger interrupted = new AtomicInteger();

        <T> Bag<T> in(Bag<T> bag) {
            return bag.peek(record -> {
                waiting.incrementAndGet();
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    throw e;
                } finally {
                    waiting.decrementAndGet();
                }
            });
        }
    }

    @Test
    void aFutureThatIsCompletedFromOutsideStopsTheRun() throws InterruptedException {
        for (Runner runner : List.of(Runners.ONE, Runners.SEVEN)) {
            Blocking late = new Blocking();
            CompletableFuture<List<Integer>> future = late.in(Bag.of(1, 2, 3)).computeAsync(runner);
            late.begun.await();
            assertThatThrownBy(() -> future.orTimeout(1, TimeUnit.MILLISECONDS).join())
                    .hasCauseInstanceOf(TimeoutException.class);
            await().until(() -> late.interrupted.get() > 0 && late.waiting.get() == 0);
            Blocking replaced = new Blocking();
            CompletableFuture<List<Integer>> other =
                    replaced.in(Bag.of(1, 2, 3)).computeAsync(runner);
            replaced.begun.await();
            assertThat(other.complete(List.of())).isTrue();
            assertThat(other.join()).isEmpty();
            await().until(() -> replaced.interrupted.get() > 0 && replaced.waiting.get() == 0);
        }
    }

    @Test
    void cancellingTheFutureInterruptsUserCode() throws InterruptedException {
        for (Runner runner : List.of(Runners.ONE, Runners.TWO, Runners.SEVEN)) {
            Blocking blocking = new Blocking();
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(List.of(1, 2, 3, 4), 4));
            CompletableFuture<List<Integer>> future =
                    blocking.in(Bag.from(source)).computeAsync(runner);
            blocking.begun.await();
            assertThat(future.cancel(true)).isTrue();
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
            await().untilAsserted(() -> {
                assertThat(blocking.interrupted.get()).isPositive();
                assertThat(blocking.waiting).hasValue(0);
                source.probe().assertClean();
            });
            assertThat(Bag.of(1).compute(runner)).containsExactly(1);
        }
    }

    @Test
    void cancellingWhatIsDoneChangesNothing() {
        CompletableFuture<Long> future = Bag.of(1, 2).count().computeAsync(Runners.TWO);
        assertThat(future.join()).isEqualTo(2);
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.join()).isEqualTo(2);
    }

    /** What a thread that computes {@code bag} comes to when it is interrupted. */
    private record Interrupted(AtomicReference<Throwable> thrown, AtomicBoolean flag) {

        static Interrupted computing(Bag<?> bag, Runner runner, Blocking blocking) throws InterruptedException {
            Interrupted seen = new Interrupted(new AtomicReference<>(), new AtomicBoolean());
            Thread caller = new Thread(() -> {
                try {
                    bag.compute(runner);
                } catch (Throwable e) {
                    seen.thrown().set(e);
                }
                seen.flag().set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            blocking.begun.await();
            caller.interrupt();
            caller.join();
            return seen;
        }
    }

    @Test
    void anInterruptOfTheCallerCancelsTheRunAndStaysSet() throws InterruptedException {
        for (Runner runner : Runners.ALL) {
            Blocking blocking = new Blocking();
            Interrupted seen = Interrupted.computing(blocking.in(Bag.of(1, 2, 3)), runner, blocking);
            assertThat(seen.thrown().get())
                    .isInstanceOf(BagException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(seen.flag()).isTrue();
            assertThat(blocking.waiting).hasValue(0);
            assertThat(blocking.interrupted.get()).isPositive();
            assertThat(Bag.of(1).compute(runner)).containsExactly(1);
        }
    }

    @Test
    void theMessageSaysThatTheRunWasStoppedAndWhy() throws InterruptedException {
        Blocking blocking = new Blocking();
        Interrupted seen = Interrupted.computing(blocking.in(Bag.of(1)), Runners.TWO, blocking);
        assertThat(seen.thrown().get()).hasMessage("the run was stopped: the calling thread was interrupted");
    }

    @Test
    void aCallerThatIsInterruptedAlreadyIsNotKeptWaiting() {
        for (Runner runner : List.of(Runners.ONE, Runners.TWO, Runners.SEVEN)) {
            Thread.currentThread().interrupt();
            try {
                assertThat(failure(() -> new Blocking().in(Bag.of(1)).compute(runner)))
                        .hasCauseInstanceOf(InterruptedException.class);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                Thread.interrupted();
            }
        }
    }

    @Test
    void anInterruptOfTheCallerReachesARunInsideARun() throws InterruptedException {
        for (Runner runner : Runners.ALL) {
            Blocking blocking = new Blocking();
            Bag<Integer> inner = blocking.in(Bag.of(1, 2));
            Interrupted seen = Interrupted.computing(Bag.of(1).map(n -> inner.compute()), runner, blocking);
            assertThat(seen.thrown().get()).isInstanceOf(BagException.class);
            assertThat(seen.flag()).isTrue();
            assertThat(blocking.waiting).hasValue(0);
            assertThat(Bag.of(1).compute(runner)).containsExactly(1);
        }
    }

    @Test
    void anInterruptThatUserCodeLeavesBehindIsNotSeenByOtherRecordsOnAWorker() {
        for (Runner runner : List.of(Runners.ONE, Runners.TWO, Runners.SEVEN)) {
            Bag<Long> bag = Bag.range(0, 100, 100).map(n -> {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("interrupted by another record");
                }
                Thread.currentThread().interrupt();
                return n;
            });
            assertThat(bag.count().compute(runner)).isEqualTo(100);
            assertThat(bag.count().compute(runner)).isEqualTo(100);
        }
    }

    @Test
    @Tag("P29")
    void closingTheStreamInterruptsUserCodeAndClosesWhatIsOpen() throws InterruptedException {
        for (Runner runner : List.of(Runners.ONE, Runners.TWO, Runners.SEVEN)) {
            Blocking blocking = new Blocking();
            ProbedSource<Integer> source = ProbedSource.of(Cuts.parts(List.of(1, 2, 3, 4), 4));
            Stream<Integer> stream = Bag.from(source).concat(blocking.in(Bag.from(source))).stream(runner);
            Iterator<Integer> records = stream.iterator();
            assertThat(records.next()).isEqualTo(1);
            Thread reader = new Thread(() -> records.forEachRemaining(n -> {}));
            reader.setUncaughtExceptionHandler((thread, thrown) -> {});
            reader.start();
            blocking.begun.await();
            stream.close();
            assertThat(blocking.waiting).hasValue(0);
            source.probe().assertClean();
            reader.join();
            assertThat(Bag.of(1).compute(runner)).containsExactly(1);
        }
    }

    @Test
    void closingTheRunnerCancelsWhatRuns() throws InterruptedException {
        for (int threads : new int[] {2, 7}) {
            Runner runner = Runner.local().threads(threads).build();
            Blocking first = new Blocking();
            Blocking second = new Blocking();
            CompletableFuture<List<Integer>> future = first.in(Bag.of(1)).computeAsync(runner);
            CompletableFuture<BagException> caller = CompletableFuture.supplyAsync(
                    () -> failure(() -> second.in(Bag.of(2)).compute(runner)));
            first.begun.await();
            second.begun.await();
            runner.close();
            assertThat(first.waiting).hasValue(0);
            assertThat(second.waiting).hasValue(0);
            assertThatThrownBy(future::join)
                    .cause()
                    .isInstanceOf(BagException.class)
                    .hasMessageContaining("the run was stopped: the runner was closed");
            assertThat(caller.join()).hasMessageContaining("the run was stopped: the runner was closed");
        }
    }

    @Test
    void aClosedRunnerSaysSo() {
        for (Runner runner : List.of(Runner.local().threads(2).build(), Runner.inline())) {
            runner.close();
            runner.close();
            assertThatThrownBy(() -> Bag.of(1).compute(runner))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this runner is closed; build another one");
            assertThatThrownBy(() -> Bag.of(1).computeAsync(runner)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Bag.of(1).stream(runner).toList()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aTaskMayCloseItsOwnRunner() {
        for (int threads : new int[] {1, 2}) {
            Runner runner = Runner.local().threads(threads).build();
            BagException failure =
                    failure(() -> Bag.of(1, 2).peek(n -> runner.close()).compute(runner));
            assertThat(failure).hasMessage("the run was stopped: the runner was closed");
        }
    }

    @Test
    void twoTasksMayCloseTheirRunnerAtTheSameTime() {
        Runner runner = Runner.local().threads(2).build();
        CountDownLatch both = new CountDownLatch(2);
        BagException failure = failure(() -> Bag.range(0, 2, 2)
                .peek(n -> {
                    both.countDown();
                    while (both.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    runner.close();
                })
                .compute(runner));
        assertThat(failure).hasMessage("the run was stopped: the runner was closed");
    }

    @Test
    void otherRunsOnTheSameRunnerOverTheSameSourceAreUnaffected() throws InterruptedException {
        ProbedSource<Integer> source =
                ProbedSource.of(Cuts.parts(IntStream.range(0, 40).boxed().toList(), 8));
        try (Runner runner = Runner.local().threads(4).build()) {
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch otherBegun = new CountDownLatch(1);
            AtomicInteger interrupted = new AtomicInteger();
            CompletableFuture<Long> other = Bag.from(source)
                    .peek(n -> {
                        otherBegun.countDown();
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            interrupted.incrementAndGet();
                            throw e;
                        }
                    })
                    .limit(40) // so that one thread works on it
                    .sumLong(n -> n)
                    .computeAsync(runner);
            otherBegun.await();
            for (int round = 0; round < 50; round++) {
                Blocking blocking = new Blocking();
                CompletableFuture<List<Integer>> cancelled =
                        blocking.in(Bag.from(source)).computeAsync(runner);
                blocking.begun.await();
                cancelled.cancel(true);
                await().until(() -> blocking.waiting.get() == 0);
            }
            release.countDown();
            assertThat(other.join()).isEqualTo(780);
            assertThat(interrupted).hasValue(0);
        }
        source.probe().assertClean();
    }
}
