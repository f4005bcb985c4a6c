package dev.bag.schedule;

import static dev.bag.testing.AllOrders.holds;

import dev.bag.testing.AllOrders;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches are pushed, their tasks claimed and ended, in all orders of the steps. */
@Tag("once")
class BatchOrdersTest {

    /** Of tasks that count how often they were claimed. */
    private static final class Counting extends Batch {

        private final int[] claimed;

        Counting(int size, Order order) {
            super(size, order);
            claimed = new int[size];
        }

        @Override
        protected void run(int index, Execution execution) {
            synchronized (claimed) {
                claimed[index]++;
            }
        }
    }

    @Test
    void eachTaskIsClaimedOnceAndOneThreadEndsTheLast() {
        AllOrders.check(Claiming.class, 3, 2);
    }

    @Test
    void tasksInOrderAreClaimedOneAfterTheOther() {
        AllOrders.check(InOrder.class, 3, 2);
    }

    /** Two batches whose tasks may run at the same time. */
    public static class Claiming {

        private final Batch.Ready ready = new Batch.Ready(null);
        private final Counting first = new Counting(2, Batch.Order.ANY);
        private final Counting second = new Counting(3, Batch.Order.ANY);
        private final AtomicInteger completed = new AtomicInteger();

        @Operation(runOnce = true)
        public void pushFirst() {
            ready.push(first);
        }

        @Operation(runOnce = true)
        public void pushSecond() {
            ready.push(second);
        }

        @Operation
        public void work() throws Throwable {
            workOnOne();
        }

        private boolean workOnOne() throws Throwable {
            Visit visit = new Visit(Thread.currentThread(), null, false);
            boolean hasTask = ready.claim(visit);
            if (hasTask) {
                visit.batch().run(visit.index(), null);
                completed.addAndGet(visit.batch().ended() ? 1 : 0);
            }
            return hasTask;
        }

        @Validate
        public void eachIsClaimedOnce() throws Throwable {
            while (workOnOne()) {
                // until there is none
            }
            holds(ready.isEmpty(), "none is left");
            int batches = 0;
            for (Counting batch : new Counting[] {first, second}) {
                int times = batch.claimed[0];
                for (int each : batch.claimed) {
                    holds(each == times && each <= 1, "each task is claimed once");
                }
                batches += times;
            }
            holds(completed.get() == batches, "one thread ends the last task");
        }
    }

    /** A batch of which one task runs at a time. */
    public static class InOrder {

        private final Batch.Ready ready = new Batch.Ready(null);
        private final Counting batch = new Counting(4, Batch.Order.ONE_AFTER_THE_OTHER);
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger next = new AtomicInteger();

        public InOrder() {
            ready.push(batch);
        }

        @Operation
        public void work() {
            Visit visit = new Visit(Thread.currentThread(), null, false);
            if (ready.claim(visit)) {
                holds(running.incrementAndGet() == 1, "one task runs");
                holds(visit.index() == next.getAndIncrement(), "tasks are in order");
                running.decrementAndGet();
                if (batch.hasUnclaimed()) {
                    ready.push(batch);
                }
            }
        }

        @Validate
        public void noneIsLost() {
            while (batch.hasUnclaimed()) {
                work();
            }
            holds(next.get() == 4, "all tasks have run");
        }
    }
}
