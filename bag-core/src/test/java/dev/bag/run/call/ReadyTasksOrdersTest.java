package dev.bag.run.call;

import static dev.bag.testing.AllOrders.holds;

import dev.bag.testing.AllOrders;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tasks are pushed, taken in blocks and stolen, in all orders of the steps. */
@Tag("once")
class ReadyTasksOrdersTest {

    @Test
    void eachTaskIsTakenOnce() {
        AllOrders.check(Taking.class, 2, 3);
    }

    /** What lanes do. */
    public static class Taking {

        private static final int MOST = 64;

        private final ReadyTasks ready = new ReadyTasks(3);
        private final AtomicInteger pushed = new AtomicInteger();
        private final AtomicIntegerArray taken = new AtomicIntegerArray(MOST);

        private CallTask[] made(int count) {
            CallTask[] made = new CallTask[count];
            for (int i = 0; i < count; i++) {
                made[i] = new CallTask(Region.NOWHERE, pushed.getAndIncrement());
            }
            return made;
        }

        private boolean count(CallTask task) {
            if (task != null) {
                taken.incrementAndGet((Integer) task.work);
            }
            return task != null;
        }

        @Operation
        public void pushOne() {
            ready.push(made(1));
        }

        @Operation
        public void pushThree() {
            ready.push(made(3));
        }

        /** One task of a block of two, or of the block of another; the rest is put back, as when others have their turn. */
        @Operation
        public void workOnOne() {
            int place = ready.enter();
            if (!count(ready.take(place, 2))) {
                count(ready.steal(place));
            }
            for (CallTask left = ready.next(place); left != null; left = ready.next(place)) {
                ready.push(left);
            }
            ready.leave(place);
        }

        @Operation
        public void workOnAll() {
            int place = ready.enter();
            workOnAll(place);
            ready.leave(place);
        }

        private void workOnAll(int place) {
            while (count(ready.next(place)) || count(ready.take(place, 3)) || count(ready.steal(place))) {
                // until there is none
            }
        }

        @Operation
        public void help() {
            count(ready.take());
        }

        @Validate
        public void eachIsTakenOnce() {
            int place = ready.enter();
            workOnAll(place);
            ready.leave(place);
            holds(ready.isEmpty(), "none is left");
            for (int i = 0; i < pushed.get(); i++) {
                holds(taken.get(i) == 1, "task " + i + " was taken " + taken.get(i) + " times");
            }
        }
    }
}
