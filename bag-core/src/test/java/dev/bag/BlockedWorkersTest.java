package dev.bag;

import static dev.bag.testing.Eventually.await;
import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.kernel.SourceFeed.Waiting;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.testing.Runners;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A function that pulls cannot be left when there is no record yet: its thread waits. The runner goes on with as many
 * threads as before.
 */
@Tag("P28")
@Timeout(120)
class BlockedWorkersTest {

    /** More than may be blocked in one run at the same time. */
    private static final int MANY = 600;

    private static final int MOST_BLOCKED = 256;

    /** What all parts of a source wait for. */
    private static final class Event {

        private final List<Runnable> waiting = new ArrayList<>();
        private boolean hasCome;

        synchronized void whenCome(Runnable ready) {
            if (hasCome) {
                ready.run();
            } else {
                waiting.add(ready);
            }
        }

        synchronized void come() {
            hasCome = true;
            waiting.forEach(Runnable::run);
            waiting.clear();
        }

        synchronized int waiting() {
            return waiting.size();
        }

        synchronized boolean hasCome() {
            return hasCome;
        }
    }

    /** One record, its number, which comes after the event. */
    private record LatePart(int number, Event event) implements Part<Integer> {

        @Override
        public Chunks<Integer> open() {
            return new Chunks<>() {
                private boolean made;

                @Override
                public @Nullable Chunk<Integer> nextChunk() {
                    boolean first = !made;
                    made = true;
                    return first ? new LateChunk(number, event) : null;
                }

                @Override
                public void close() {}
            };
        }
    }

    private static final class LateChunk implements Chunk<Integer>, Waiting {

        private final int number;
        private final Event event;
        private boolean given;

        LateChunk(int number, Event event) {
            this.number = number;
            this.event = event;
        }

        @Override
        public @Nullable Integer next() {
            if (given || !event.hasCome()) {
                return null;
            }
            given = true;
            return number;
        }

        @Override
        public boolean isWaiting() {
            return !given;
        }

        @Override
        public void whenReady(Runnable ready) {
            event.whenCome(ready);
        }
    }

    private record LateSource(int count, Event event) implements Source<Integer> {

        @Override
        public String name() {
            return "late";
        }

        @Override
        public List<LatePart> parts() {
            return IntStream.range(0, count)
                    .mapToObj(i -> new LatePart(i, event))
                    .toList();
        }
    }

    /** The numbers of so many parts, which a function pulls that cannot be left. */
    private static Bag<Integer> pulled(int parts, Event event) {
        return Bag.from(new LateSource(parts, event)).mapPartitions(records -> records);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static final List<Runner> WITH_THREADS = List.of(Runners.ONE, Runners.TWO, Runners.SEVEN);

    @Test
    void otherRunsGoOnAndMayBringWhatIsWaitedFor() {
        for (Runner runner : WITH_THREADS) {
            Event event = new Event();
            CompletableFuture<List<Integer>> late = pulled(10, event).computeAsync(runner);
            await().until(() -> event.waiting() == 10);
            Bag<Integer> brings = Bag.of(1).peek(n -> event.come());
            assertThat(brings.compute(runner)).containsExactly(1);
            assertThat(late.join()).isEqualTo(numbers(10));
        }
    }

    @Test
    void theSameRunGoesOnAndMayBringWhatIsWaitedFor() {
        for (Runner runner : WITH_THREADS) {
            Event event = new Event();
            Bag<Integer> brings = Bag.of(3).peek(n -> event.come());
            assertThat(pulled(3, event).concat(brings).compute(runner)).isEqualTo(numbers(4));
        }
    }

    @Test
    void aRunInsideATaskMayWaitSo() {
        for (Runner runner : WITH_THREADS) {
            for (boolean pulls : new boolean[] {true, false}) {
                Event event = new Event();
                Bag<Integer> inner = pulls ? pulled(3, event) : Bag.from(new LateSource(3, event));
                CompletableFuture<List<Long>> late =
                        Bag.range(0, 10, 10).map(n -> inner.count().compute()).computeAsync(runner);
                await().until(() -> event.waiting() == 30);
                Bag.of(1).peek(n -> event.come()).compute(runner);
                assertThat(late.join()).hasSize(10).containsOnly(3L);
            }
        }
    }

    @Test
    void aStreamMayWaitSo() {
        for (Runner runner : WITH_THREADS) {
            Event event = new Event();
            try (var stream = pulled(3, event).stream(runner)) {
                Iterator<Integer> records = stream.iterator();
                CompletableFuture<Boolean> hasNext = CompletableFuture.supplyAsync(records::hasNext);
                await().until(() -> event.waiting() > 0);
                Bag.of(1).peek(n -> event.come()).compute(runner);
                assertThat(hasNext.join()).isTrue();
                assertThat(records).toIterable().containsExactly(0, 1, 2);
            }
        }
    }

    /** Which threads have run a function, and how many have at the same time. */
    private static final class Watched {

        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        void work(Long n) {
            threads.add(Thread.currentThread());
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            now.decrementAndGet();
        }
    }

    @Test
    void asManyWorkAtTheSameTimeAsBefore() {
        for (int threads : new int[] {1, 2, 7}) {
            try (Runner runner = Runner.local().threads(threads).build()) {
                Event event = new Event();
                CompletableFuture<List<Integer>> late = pulled(20, event).computeAsync(runner);
                await().until(() -> event.waiting() == 20);
                Watched meanwhile = new Watched();
                Bag.range(0, 5_000, 5_000).peek(meanwhile::work).compute(runner);
                assertThat(meanwhile.most.get()).isLessThanOrEqualTo(threads);
                event.come();
                assertThat(late.join()).isEqualTo(numbers(20));
                Watched afterwards = new Watched();
                Bag.range(0, 5_000, 5_000).peek(afterwards::work).compute(runner);
                assertThat(afterwards.most.get()).isLessThanOrEqualTo(threads);
                CountDownLatch all = new CountDownLatch(threads);
                Bag.range(0, threads, threads)
                        .peek(n -> {
                            all.countDown();
                            all.await();
                        })
                        .compute(runner);
            }
        }
    }

    /** Runs in which each of {@link #MANY} tasks waits for the event: in a function that pulls, or for a run of its own. */
    private static List<BiFunction<Event, Consumer<Thread>, Bag<Integer>>> waitingTasks() {
        return List.of(
                (event, told) -> Bag.from(new LateSource(MANY, event)).mapPartitions(records -> {
                    told.accept(Thread.currentThread());
                    return records;
                }),
                (event, told) -> Bag.range(0, MANY, MANY).map(n -> {
                    told.accept(Thread.currentThread());
                    return n.intValue()
                            + (int) (long) Bag.from(new LateSource(2, event))
                                    .mapPartitions(records -> {
                                        told.accept(Thread.currentThread());
                                        return records;
                                    })
                                    .filter(number -> number > 1)
                                    .count()
                                    .compute();
                }));
    }

    @Test
    void thereIsABoundToTheThreadsOfARunAndItHoldsUpNoOtherRun() {
        for (int threads : new int[] {1, 2}) {
            for (var waitingTasks : waitingTasks()) {
                Set<Thread> seen = ConcurrentHashMap.newKeySet();
                try (Runner runner = Runner.local().threads(threads).build()) {
                    Event event = new Event();
                    CompletableFuture<List<Integer>> late =
                            waitingTasks.apply(event, seen::add).computeAsync(runner);
                    await().until(() -> event.waiting() >= MOST_BLOCKED);
                    Bag.of(1).peek(n -> seen.add(Thread.currentThread())).compute(runner);
                    assertThat(event.waiting()).isLessThanOrEqualTo(MOST_BLOCKED + threads);
                    Bag.of(1).peek(n -> event.come()).compute(runner);
                    assertThat(late.join()).isEqualTo(numbers(MANY));
                    assertThat(seen.size()).isLessThanOrEqualTo(MOST_BLOCKED + 3 * threads);
                    await().until(() -> seen.stream().filter(Thread::isAlive).count() <= 2 * threads);
                }
                assertThat(seen).noneMatch(Thread::isAlive);
            }
        }
    }

    @Test
    @Tag("P21")
    void whatIsCancelledWaitsNoLonger() {
        for (Runner runner : WITH_THREADS) {
            Event event = new Event();
            CompletableFuture<List<Integer>> late = pulled(10, event).computeAsync(runner);
            await().until(() -> event.waiting() == 10);
            late.cancel(true);
            assertThatThrownBy(late::join).isInstanceOf(CancellationException.class);
            assertThat(Bag.of(1).compute(runner)).containsExactly(1);
        }
    }

    @Test
    @Tag("P19")
    void aFailureElsewhereEndsTheWait() {
        for (Runner runner : WITH_THREADS) {
            Event event = new Event();
            Bag<Integer> fails = Bag.of(3).peek(n -> {
                throw new IllegalStateException("elsewhere");
            });
            BagException failure = failure(() -> pulled(3, event).concat(fails).compute(runner));
            assertThat(failure.getCause()).hasMessage("elsewhere");
        }
    }

    @Test
    @Tag("P21")
    void aFunctionThatPullsOnAfterAnInterruptIsStoppedAgain() {
        for (Runner runner : WITH_THREADS) {
            Event event = new Event();
            AtomicInteger pulls = new AtomicInteger();
            CompletableFuture<List<Integer>> late = Bag.from(new LateSource(1, event))
                    .mapPartitions(records -> {
                        for (int i = 0; i < 3; i++) {
                            try {
                                assertThat(records.hasNext()).isTrue();
                            } catch (IllegalStateException e) {
                                Thread.interrupted();
                                pulls.incrementAndGet();
                            }
                        }
                        return records;
                    })
                    .computeAsync(runner);
            await().until(() -> event.waiting() == 1);
            late.cancel(true);
            await().until(() -> pulls.get() == 3);
            assertThat(Bag.of(1).compute(runner)).containsExactly(1);
        }
    }

    @Test
    @Tag("P21")
    void anInterruptOfTheCallerEndsTheWaitAndStaysForItToSee() throws InterruptedException {
        for (Runner runner : Runners.ALL) {
            Event event = new Event();
            AtomicBoolean stays = new AtomicBoolean();
            Thread caller = new Thread(() -> {
                assertThatThrownBy(() -> pulled(1, event).compute(runner)).isInstanceOf(BagException.class);
                stays.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await().until(() -> event.waiting() == 1);
            caller.interrupt();
            caller.join();
            assertThat(stays).isTrue();
        }
    }

    @Test
    @Tag("P21")
    void closingTheRunnerEndsAllThreads() {
        for (int threads : new int[] {1, 2, 7}) {
            Set<Thread> seen = ConcurrentHashMap.newKeySet();
            Event event = new Event();
            CompletableFuture<List<Integer>> late;
            try (Runner runner = Runner.local().threads(threads).build()) {
                late = Bag.from(new LateSource(20, event))
                        .mapPartitions(records -> {
                            seen.add(Thread.currentThread());
                            return records;
                        })
                        .computeAsync(runner);
                await().until(() -> event.waiting() == 20);
            }
            assertThat(seen).hasSize(20).noneMatch(Thread::isAlive);
            assertThatThrownBy(late::join).hasCauseInstanceOf(BagException.class);
        }
    }

    @Test
    @Tag("P21")
    void aFunctionThatPullsWhatNeverComesIsStopped() throws InterruptedException {
        for (Runner runner : WITH_THREADS) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Long> late = Bag.generate(
                            () -> LongStream.iterate(0, n -> n + 1).iterator())
                    .filter(n -> {
                        begun.countDown();
                        return n < 0;
                    })
                    .mapPartitions(records -> records)
                    .count()
                    .computeAsync(runner);
            begun.await();
            late.cancel(true);
            assertThat(Bag.of(1).compute(runner)).containsExactly(1);
        }
    }
}
