package dev.bag.schedule;

import static dev.bag.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches of tasks on pools of threads. */
class SchedulerTest {

    private static final List<Pool> POOLS =
            List.of(Pool.inline("test"), Pool.of(1, "test"), Pool.of(2, "test"), Pool.of(7, "test"));

    @AfterAll
    static void closePools() {
        POOLS.forEach(Pool::close);
    }

    /** What a task does. */
    private interface Work {
        void run(int index, Execution execution) throws Throwable;
    }

    private static class Tasks extends Batch {

        private final Work work;
        private final Runnable completed;

        Tasks(int size, Order order, Work work, Runnable completed) {
            super(size, order);
            this.work = work;
            this.completed = completed;
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            work.run(index, execution);
        }

        @Override
        protected void completed() {
            completed.run();
        }
    }

    private static final class Child extends Batch {

        private final Work work;

        Child(Batch parent, Work work) {
            super(parent);
            this.work = work;
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            work.run(index, execution);
        }
    }

    private static Batch tasks(int size, Work work) {
        return new Tasks(size, Batch.Order.ANY, work, () -> {});
    }

    private static Execution succeeding(Pool pool, List<Batch> batches) {
        Execution execution = pool.run(batches);
        assertThat(execution.failure()).isNull();
        assertThat(execution.otherFailures()).isEmpty();
        return execution;
    }

    @Test
    void eachTaskRunsOnce() {
        for (Pool pool : POOLS) {
            Queue<Integer> ran = new ConcurrentLinkedQueue<>();
            succeeding(pool, List.of(tasks(1_000, (index, execution) -> ran.add(index))));
            assertThat(ran)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 1_000).boxed().toList());
        }
    }

    @Test
    void nothingToDoIsDone() {
        for (Pool pool : POOLS) {
            AtomicBoolean told = new AtomicBoolean();
            pool.start(List.of(), over -> told.set(true)).await();
            assertThat(told).isTrue();
        }
    }

    @Test
    void aBatchOfNoTasksIsRefused() {
        assertThatThrownBy(() -> tasks(0, (index, execution) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a batch of 0 tasks would never complete");
        assertThatThrownBy(() -> Pool.of(0, "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads(0): at least 1 is needed");
    }

    @Test
    void whatFollowsSeesAllThatWasWrittenBefore() {
        for (Pool pool : POOLS) {
            int[] written = new int[100];
            int[] sums = new int[3];
            Batch first = tasks(100, (index, execution) -> written[index] = index);
            Batch left = new Tasks(
                    1,
                    Batch.Order.ANY,
                    (index, execution) -> {},
                    () -> sums[0] = IntStream.of(written).sum());
            Batch right = tasks(
                    1, (index, execution) -> sums[1] = IntStream.of(written).sum());
            Batch last = tasks(1, (index, execution) -> sums[2] = sums[0] + sums[1]);
            left.after(first);
            right.after(first);
            last.after(left);
            last.after(right);
            succeeding(pool, List.of(last, right, left, first));
            assertThat(sums).containsExactly(4950, 4950, 9900);
        }
    }

    @Test
    void tasksInOrderFollowEachOther() {
        for (Pool pool : POOLS) {
            List<Integer> ran = new ArrayList<>(); // safe because no two tasks run at the same time
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            Batch inOrder = new Tasks(
                    500,
                    Batch.Order.ONE_AFTER_THE_OTHER,
                    (index, execution) -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        ran.add(index);
                        running.decrementAndGet();
                    },
                    () -> {});
            succeeding(pool, List.of(inOrder, tasks(500, (index, execution) -> {})));
            assertThat(ran).isEqualTo(IntStream.range(0, 500).boxed().toList());
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void aBatchCompletesAfterAllThatWasForkedOnItsBehalf() {
        for (Pool pool : POOLS) {
            AtomicInteger forked = new AtomicInteger();
            AtomicInteger atCompletion = new AtomicInteger();
            Batch[] parent = new Batch[1];
            parent[0] = new Tasks(
                    10,
                    Batch.Order.ANY,
                    (index, execution) -> fork(parent[0], 100, forked, execution),
                    () -> atCompletion.set(forked.get()));
            AtomicInteger atFollower = new AtomicInteger();
            Batch follower = tasks(1, (index, execution) -> atFollower.set(forked.get()));
            follower.after(parent[0]);
            succeeding(pool, List.of(parent[0], follower));
            assertThat(atCompletion).hasValue(1_000);
            assertThat(atFollower).hasValue(1_000);
        }
    }

    /** Each fork makes the next one: as the reader of a stream does. */
    private static void fork(Batch parent, int count, AtomicInteger forked, Execution execution) {
        if (count > 0) {
            execution.fork(new Child(parent, (index, running) -> {
                forked.incrementAndGet();
                fork(parent, count - 1, forked, running);
            }));
        }
    }

    @Test
    void aForkedBatchMayForkItself() {
        for (Pool pool : POOLS) {
            AtomicInteger leaves = new AtomicInteger();
            succeeding(pool, List.of(tasks(1, (index, execution) -> {})));
            Batch[] root = new Batch[1];
            root[0] = tasks(1, (index, execution) -> split(root[0], 8, leaves, execution));
            succeeding(pool, List.of(root[0]));
            assertThat(leaves).hasValue(256);
        }
    }

    private static void split(Batch parent, int depth, AtomicInteger leaves, Execution execution) {
        if (depth == 0) {
            leaves.incrementAndGet();
            return;
        }
        for (int i = 0; i < 2; i++) {
            Batch[] child = new Batch[1];
            child[0] = new Child(parent, (index, running) -> split(child[0], depth - 1, leaves, running));
            execution.fork(child[0]);
        }
    }

    @Test
    void whatIsExpectedMayBeBroughtByAThreadFromOutside() {
        for (Pool pool : POOLS) {
            AtomicInteger brought = new AtomicInteger();
            AtomicInteger atCompletion = new AtomicInteger();
            Queue<Runnable> outside = new ConcurrentLinkedQueue<>();
            Batch[] parent = new Batch[1];
            parent[0] = new Tasks(
                    1,
                    Batch.Order.ANY,
                    (index, execution) -> {
                        execution.expect(parent[0], 3);
                        for (int i = 0; i < 3; i++) {
                            outside.add(() -> execution.resume(
                                    new Child(parent[0], (none, running) -> brought.incrementAndGet())));
                        }
                        execution.wakeWaiting();
                    },
                    () -> atCompletion.set(brought.get()));
            Execution execution = pool.begin(List.of(parent[0]), over -> {});
            execution.awaitUntil(() -> outside.size() == 3);
            outside.forEach(Runnable::run);
            execution.await();
            assertThat(execution.failure()).isNull();
            assertThat(atCompletion).hasValue(3);
        }
    }

    @Test
    @Tag("P19")
    void afterAFailureNothingStartsAndNothingFollows() {
        for (Pool pool : POOLS) {
            AtomicInteger started = new AtomicInteger();
            AtomicInteger completed = new AtomicInteger();
            AtomicInteger followed = new AtomicInteger();
            CyclicBarrier all = new CyclicBarrier(pool.parallelism());
            Batch failing = new Tasks(
                    1_000,
                    Batch.Order.ANY,
                    (index, execution) -> {
                        started.incrementAndGet();
                        all.await();
                        throw new IllegalStateException("task " + index);
                    },
                    completed::incrementAndGet);
            Batch follower = tasks(1, (index, execution) -> followed.incrementAndGet());
            follower.after(failing);
            Execution execution = pool.run(List.of(failing, follower));
            assertThat(execution.failure()).isInstanceOf(IllegalStateException.class);
            assertThat(started).hasValue(pool.parallelism());
            assertThat(completed).hasValue(0);
            assertThat(followed).hasValue(0);
            assertThat(execution.otherFailures().size()).isLessThan(pool.parallelism());
            assertThat(execution.stopping()).isTrue();
        }
    }

    @Test
    void aFailureToCompleteFailsTheRun() {
        for (Pool pool : POOLS) {
            Error broken = new Error("completed");
            Execution execution = pool.run(List.of(new Tasks(3, Batch.Order.ANY, (index, running) -> {}, () -> {
                throw broken;
            })));
            assertThat(execution.failure()).isSameAs(broken);
        }
    }

    @Test
    @Tag("P22")
    void aPoolOutlivesTheErrorsOfItsTasks() {
        for (Pool pool : POOLS) {
            for (int i = 0; i < 20; i++) {
                Error error = new StackOverflowError();
                assertThat(pool.run(List.of(tasks(5, (index, execution) -> {
                                    throw error;
                                })))
                                .failure())
                        .isSameAs(error);
            }
            succeeding(pool, List.of(tasks(5, (index, execution) -> {})));
        }
    }

    @Test
    @Tag("P21")
    void failingFromOutsideInterruptsTheTasksOfThatExecutionOnly() throws InterruptedException {
        try (Pool pool = Pool.of(2, "test")) {
            CountDownLatch bothRun = new CountDownLatch(2);
            CountDownLatch release = new CountDownLatch(1);
            AtomicBoolean disturbed = new AtomicBoolean();
            Execution other = pool.begin(
                    List.of(tasks(1, (index, execution) -> {
                        bothRun.countDown();
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            disturbed.set(true);
                        }
                    })),
                    over -> {});
            Execution stopped = pool.begin(
                    List.of(tasks(1, (index, execution) -> {
                        bothRun.countDown();
                        new CountDownLatch(1).await();
                    })),
                    over -> {});
            bothRun.await();
            InterruptedException reason = new InterruptedException("enough");
            stopped.fail(reason);
            stopped.await();
            assertThat(stopped.failure()).isSameAs(reason);
            release.countDown();
            other.await();
            assertThat(other.failure()).isNull();
            assertThat(disturbed).isFalse();
        }
    }

    @Test
    void whoIsToldOfTheEndIsToldOnceAndAfterAllTasks() {
        for (Pool pool : POOLS) {
            for (boolean fails : new boolean[] {false, true}) {
                AtomicInteger running = new AtomicInteger();
                Queue<Integer> told = new ConcurrentLinkedQueue<>();
                Batch batch = tasks(50, (index, execution) -> {
                    running.incrementAndGet();
                    try {
                        if (fails && index == 25) {
                            throw new IllegalStateException();
                        }
                    } finally {
                        running.decrementAndGet();
                    }
                });
                Execution execution = pool.start(List.of(batch), over -> told.add(running.get()));
                execution.await();
                await().until(() -> !told.isEmpty());
                assertThat(told).containsExactly(0);
            }
        }
    }

    @Test
    @Tag("P24")
    void aRunInsideATaskHelpsItselfOnly() {
        for (Pool pool : POOLS) {
            Set<Execution> current = ConcurrentHashMap.newKeySet();
            Execution outer = succeeding(pool, List.of(tasks(20, (index, execution) -> {
                Execution inner = pool.run(List.of(tasks(5, (none, running) -> current.add(Execution.current()))));
                assertThat(inner.failure()).isNull();
                assertThat(Execution.current()).isSameAs(execution);
                current.add(execution);
            })));
            assertThat(current).hasSize(21).contains(outer);
            assertThat(Execution.current()).isNull();
        }
    }

    /**
     * Begins a run of many tasks, beside it one of few, and waits for that. Returns how many of the many were done as each of the
     * few began.
     */
    private static List<Integer> beside(Pool pool, int many, int few, Runnable inEach, Consumer<Execution> endOfBig)
            throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch smallIsThere = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        Execution big = pool.begin(
                List.of(tasks(many, (index, execution) -> {
                    begun.countDown();
                    smallIsThere.await();
                    inEach.run();
                    done.incrementAndGet();
                })),
                over -> {});
        begun.await();
        List<Integer> bigDone = new ArrayList<>();
        Execution small = pool.begin(
                List.of(tasks(few, (index, execution) -> {
                    bigDone.add(done.get());
                    inEach.run();
                })),
                over -> {});
        smallIsThere.countDown();
        small.await();
        endOfBig.accept(big);
        big.await();
        assertThat(big.failure() != null || done.get() == many).isTrue();
        return bigDone;
    }

    @Test
    @Tag("P27")
    void aSmallRunIsNotStarvedByABigOne() throws InterruptedException {
        try (Pool pool = Pool.of(1, "test")) {
            List<Integer> bigDone = beside(pool, 1_000_000, 1, () -> {}, big -> {});
            assertThat(bigDone).containsExactly(1); // the one that began when there was no other run
        }
    }

    /** A task that takes a while, whatever the machine. */
    private static void spin() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 2 * Share.TURN_NANOS) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Tag("P27")
    void runsTakeTurnsByTimeHoweverManyTasksTheyBring() throws InterruptedException {
        try (Pool pool = Pool.of(1, "test")) {
            List<Integer> bigDone =
                    beside(pool, 100_000, 10, SchedulerTest::spin, big -> big.fail(new InterruptedException("enough")));
            assertThat(bigDone).hasSize(10);
            // tasks of equal length on one thread alternate, and a machine that stops for a moment makes some longer
            assertThat(bigDone.get(9)).isLessThan(60);
        }
    }

    @Test
    @Tag("P27")
    void aRunThatHadNothingToDoDoesNotHoldUpTheOthersAfterwards() {
        Share.Turns turns = new Share.Turns();
        Share busy = new Share();
        Share idle = new Share();
        for (int i = 0; i < 100; i++) {
            turns.choose(busy);
            busy.charge(1_000);
        }
        turns.choose(idle);
        assertThat(idle.used()).isEqualTo(99_000);
        idle.charge(500);
        turns.choose(idle);
        idle.charge(1_000);
        assertThat(idle.used()).isEqualTo(100_500).isGreaterThan(busy.used());
        Share other = new Share();
        turns.choose(busy);
        turns.choose(other);
        assertThat(other.used()).isEqualTo(100_000);
    }

    @Test
    @Tag("P27")
    void runsInsideATaskTakeTurnsAsOneRunWithIt() {
        try (Pool pool = Pool.of(2, "test")) {
            Set<Share> shares = ConcurrentHashMap.newKeySet();
            succeeding(pool, List.of(tasks(5, (index, execution) -> {
                shares.add(execution.share());
                Execution inner = pool.run(List.of(tasks(5, (none, running) -> shares.add(running.share()))));
                assertThat(inner.failure()).isNull();
            })));
            assertThat(shares).hasSize(1);
        }
    }

    @Test
    void aClosedPoolRefusesWork() {
        Pool pool = Pool.of(2, "test");
        succeeding(pool, List.of(tasks(5, (index, execution) -> {})));
        pool.close();
        assertThatThrownBy(() -> pool.run(List.of(tasks(1, (index, execution) -> {}))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this runner is closed; build another one");
    }

    @Test
    void workersSleepWhenThereIsNothingToDoAndEndWhenThePoolIsClosed() {
        Pool pool = Pool.of(3, "test");
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CyclicBarrier all = new CyclicBarrier(3);
        succeeding(pool, List.of(tasks(3, (index, execution) -> {
            threads.add(Thread.currentThread());
            all.await();
        })));
        assertThat(threads).hasSize(3);
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        pool.close();
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    @Test
    @Tag("P38")
    void manyPoolsLeaveNoThreads() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 200; i++) {
            try (Pool pool = Pool.of(2, "test")) {
                succeeding(pool, List.of(tasks(4, (index, execution) -> threads.add(Thread.currentThread()))));
            }
        }
        assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
    }
}
