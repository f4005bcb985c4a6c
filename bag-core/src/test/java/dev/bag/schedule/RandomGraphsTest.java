package dev.bag.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random graphs of batches, with forks, failures and runs inside tasks: order and counts are checked in each. */
class RandomGraphsTest {

    private static final int GRAPHS = Integer.getInteger("graphs", 1_500);

    /** A batch that notes when it began and ended, by a clock that ticks with every look at it. */
    private static final class Noted extends Batch {

        final List<Noted> before = new ArrayList<>();
        final AtomicInteger runs = new AtomicInteger();
        final AtomicInteger forked = new AtomicInteger();
        final AtomicInteger running = new AtomicInteger();
        final boolean isInOrder;
        final int taskCount;
        final int forksPerTask;
        final int failingTask;
        final boolean nests;
        final AtomicInteger clock;
        final AtomicInteger firstBegan = new AtomicInteger(Integer.MAX_VALUE);
        final AtomicInteger completedAt = new AtomicInteger(-1);
        final AtomicInteger lastEnded = new AtomicInteger(-1);
        volatile boolean overlapped;

        Noted(Random random, AtomicInteger clock, boolean fails) {
            this(random, clock, 1 + random.nextInt(6), random.nextInt(4) == 0, fails);
        }

        private Noted(Random random, AtomicInteger clock, int size, boolean inOrder, boolean fails) {
            super(size, inOrder ? Order.ONE_AFTER_THE_OTHER : Order.ANY);
            this.clock = clock;
            this.taskCount = size;
            this.isInOrder = inOrder;
            this.forksPerTask = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
            this.failingTask = fails ? random.nextInt(size) : -1;
            this.nests = random.nextInt(10) == 0;
        }

        @Override
        protected void run(int index, Execution execution) {
            overlapped |= running.incrementAndGet() > 1 && isInOrder;
            firstBegan.accumulateAndGet(clock.incrementAndGet(), Math::min);
            runs.incrementAndGet();
            if (index == failingTask) {
                throw new IllegalStateException("meant to fail");
            }
            for (int i = 0; i < forksPerTask; i++) {
                execution.fork(new Fork(this));
            }
            if (nests) {
                execution.pool().run(List.of(new Noted(new Random(index), clock, false)));
            }
            lastEnded.accumulateAndGet(clock.incrementAndGet(), Math::max);
            running.decrementAndGet();
        }

        @Override
        protected void completed() {
            completedAt.set(clock.incrementAndGet());
        }
    }

    private static final class Fork extends Batch {

        private final Noted parent;

        Fork(Noted parent) {
            super(parent);
            this.parent = parent;
        }

        @Override
        protected void run(int index, Execution execution) {
            parent.forked.incrementAndGet();
            parent.lastEnded.accumulateAndGet(parent.clock.incrementAndGet(), Math::max);
        }
    }

    @Test
    @Tag("P19")
    @Tag("P24")
    void everyGraphIsRunInOrderToItsEndOrItsFailure() {
        for (int threads : new int[] {0, 1, 2, 7}) {
            try (Pool pool = threads == 0 ? Pool.inline("test") : Pool.of(threads, "test")) {
                for (int seed = 0; seed < GRAPHS; seed++) {
                    check(pool, seed);
                }
            }
        }
    }

    private static void check(Pool pool, long seed) {
        Random random = new Random(seed);
        AtomicInteger clock = new AtomicInteger();
        boolean fails = random.nextInt(4) == 0;
        int count = 1 + random.nextInt(12);
        int failing = fails ? random.nextInt(count) : -1;
        List<Noted> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Noted batch = new Noted(random, clock, i == failing);
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    batch.after(batches.get(j));
                    batch.before.add(batches.get(j));
                }
            }
            batches.add(batch);
        }
        Execution execution = pool.run(batches);
        int end = clock.incrementAndGet();
        for (Noted batch : batches) {
            assertThat(batch.overlapped)
                    .as("seed %s: tasks in order overlap", seed)
                    .isFalse();
            assertThat(batch.lastEnded.get())
                    .as("seed %s: a task ended after the run", seed)
                    .isLessThan(end);
            if (batch.runs.get() > 0) {
                assertThat(batch.before)
                        .as("seed %s: prerequisites", seed)
                        .allSatisfy(
                                earlier -> assertThat(earlier.completedAt.get()).isBetween(1, batch.firstBegan.get()));
            }
            if (batch.completedAt.get() >= 0) {
                assertComplete(batch, seed);
            }
        }
        assertThat(execution.failure() != null).as("seed %s: failure", seed).isEqualTo(fails);
        assertThat(batches.stream().allMatch(batch -> batch.completedAt.get() >= 0))
                .as("seed %s: all completed", seed)
                .isEqualTo(!fails);
    }

    private static void assertComplete(Noted batch, long seed) {
        assertThat(batch.runs).as("seed %s: tasks that ran", seed).hasValue(batch.taskCount);
        assertThat(batch.forked).as("seed %s: forks that ran", seed).hasValue(batch.taskCount * batch.forksPerTask);
        assertThat(batch.lastEnded.get())
                .as("seed %s: a task ended after its batch", seed)
                .isLessThan(batch.completedAt.get());
    }
}
