package dev.bag.run.call;

import static dev.bag.testing.AllOrders.holds;

import dev.bag.run.call.CallTask.Link;
import dev.bag.run.call.CallTask.Released;
import dev.bag.testing.AllOrders;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The protocols of a task, in all orders of their steps. */
@Tag("once")
class CallTaskOrdersTest {

    private static CallTask task() {
        return new CallTask(Region.NOWHERE, null);
    }

    @Test
    void eachFollowerHearsOnceOfTheValue() {
        AllOrders.check(Following.class, 3, 2);
    }

    /** Followers come while the task is settled. */
    public static class Following {

        private final CallTask task = task();
        private final AtomicInteger followers = new AtomicInteger();
        private final AtomicInteger told = new AtomicInteger();

        @Operation
        public void follow() {
            followers.incrementAndGet();
            CallTask.Waiter waiter = (settled, turn) -> tell();
            if (!task.follow(waiter)) {
                tell();
            }
        }

        @Operation(runOnce = true)
        public void settle() {
            Object all = task.settle(5);
            for (; all instanceof Link link; all = link.rest()) {
                tell();
            }
            if (all != null) {
                tell();
            }
        }

        @Operation
        public Object value() {
            return task.isSettled() ? task.value() : "none";
        }

        private void tell() {
            holds(Integer.valueOf(5).equals(task.value()), "the value is there");
            told.incrementAndGet();
        }

        @Validate
        public void allHaveHeard() {
            holds(told.get() == (task.isSettled() ? followers.get() : 0), "each was told once: " + told);
        }
    }

    @Test
    void oneThreadMakesItReadyOrGivesItUp() {
        AllOrders.check(Waiting.class, 3, 2);
    }

    /** Two arguments arrive, the task is linked, begun, or given up. */
    public static class Waiting {

        private final CallTask task = task();
        private final AtomicInteger decided = new AtomicInteger();

        public Waiting() {
            task.waitFor(2);
        }

        private boolean arrive() {
            boolean isReady = task.arrived();
            decided.addAndGet(isReady ? 1 : 0);
            return isReady;
        }

        @Operation(runOnce = true)
        public boolean first() {
            return arrive();
        }

        @Operation(runOnce = true)
        public boolean second() {
            return arrive();
        }

        @Operation(runOnce = true)
        public boolean linked() {
            return arrive();
        }

        @Operation
        public boolean giveUp() {
            return task.giveUp();
        }

        @Operation
        public boolean begin() {
            return task.begin();
        }

        @Validate
        public void onlyOneDecides() {
            holds(decided.get() <= 1, "made ready " + decided + " times");
        }
    }

    @Test
    void oneOfSeveralArrivalsIsEnoughOnce() {
        AllOrders.check(Racing.class, 3, 2);
    }

    /** One value is enough; failures are waited for. */
    public static class Racing {

        private final CallTask task = task();

        public Racing() {
            task.waitFor(2);
        }

        @Operation(runOnce = true)
        public boolean value() {
            return task.arrivedOfSeveral(true);
        }

        @Operation(runOnce = true)
        public boolean failure() {
            return task.arrivedOfSeveral(false);
        }

        @Operation(runOnce = true)
        public boolean linked() {
            return task.arrivedOfSeveral(false);
        }

        @Operation
        public boolean begin() {
            return task.begin();
        }
    }

    @Test
    void aValueThatIsRetainedIsNotDropped() {
        AllOrders.check(Using.class, 3, 2);
    }

    /** In a graph with regions: readers come and go while the value is computed. */
    public static class Using {

        private final CallTask task = task();
        private volatile boolean isBegun;
        private volatile boolean isRetained;

        public Using() {
            task.waitFor(0);
            task.arrived();
            task.use();
        }

        @Operation(runOnce = true)
        public boolean begin() {
            boolean begins = task.begin();
            isBegun = begins;
            return begins;
        }

        @Operation(runOnce = true)
        public void settle() {
            if (isBegun) {
                task.settle(7);
                task.dropIfUnused(false);
            }
        }

        @Operation(runOnce = true)
        public Released release() {
            return task.releaseOpen(false, true);
        }

        @Operation(runOnce = true)
        public boolean retain() {
            boolean retains = task.retain();
            isRetained |= retains;
            return retains;
        }

        @Validate
        public void aReaderFindsTheValue() {
            holds(!isRetained || !task.isSettled() || Integer.valueOf(7).equals(task.value()), "the value is there");
        }
    }
}
