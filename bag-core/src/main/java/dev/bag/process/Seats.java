package dev.bag.process;

import dev.bag.schedule.Execution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets as many tasks of a run have children at the same time as there are threads.
 *
 * <p>A seat belongs to a task and not to a child: all pipes that are open in a task share it. If each had its own, two tasks
 * that each have one and need another would wait for each other. A task that has one needs no other task to go on: tasks of a
 * stage do not wait for each other once they have begun, and the reader of a stream waits for one of as many as there are
 * threads.
 */
final class Seats {

    private static final Map<Execution, Seats> BY_RUN = Collections.synchronizedMap(new WeakHashMap<>());

    /** Guarded by this, as what is below. */
    private int free;

    /** How many pipes of a task share its seat. */
    private final Map<Object, Integer> taken = new HashMap<>();

    private final Set<Seat> waiting = new LinkedHashSet<>();

    private Seats(int count) {
        free = count;
    }

    static Seats of(Execution execution) {
        return BY_RUN.computeIfAbsent(execution, run -> new Seats(run.pool().parallelism()));
    }

    /** The wish of a pipe to have a child. */
    final class Seat {

        private final Object task;
        private final Runnable whenGranted;
        private volatile boolean isGranted;
        /** Guarded by the seats. */
        private boolean isGivenBack;

        private Seat(Object task, Runnable whenGranted) {
            this.task = task;
            this.whenGranted = whenGranted;
        }

        boolean isGranted() {
            return isGranted;
        }

        /** The pipe has no child any more, or wants none. Does nothing the second time. */
        void giveBack() {
            List<Seat> granted;
            synchronized (Seats.this) {
                if (isGivenBack) {
                    return;
                }
                isGivenBack = true;
                waiting.remove(this);
                if (isGranted && taken.merge(task, -1, Seats::sumOrNone) == null) {
                    free++;
                }
                granted = grant();
            }
            granted.forEach(each -> each.whenGranted.run());
        }
    }

    /** Asks for a seat for a pipe in {@code task}; {@code whenGranted} is called when it is granted, if that is not at once. */
    Seat ask(Object task, Runnable whenGranted) {
        Seat seat = new Seat(task, whenGranted);
        List<Seat> granted;
        synchronized (this) {
            waiting.add(seat);
            granted = grant();
        }
        for (Seat each : granted) {
            if (each != seat) {
                each.whenGranted.run();
            }
        }
        return seat;
    }

    /** Grants what can be, in the order in which it was asked for. Holds the lock. */
    private List<Seat> grant() {
        List<Seat> granted = new ArrayList<>(1);
        for (Iterator<Seat> each = waiting.iterator(); each.hasNext(); ) {
            Seat seat = each.next();
            if (taken.containsKey(seat.task) || free > 0) {
                free -= taken.containsKey(seat.task) ? 0 : 1;
                taken.merge(seat.task, 1, Integer::sum);
                each.remove();
                seat.isGranted = true;
                granted.add(seat);
            }
        }
        return granted;
    }

    private static @Nullable Integer sumOrNone(int known, int more) {
        return known + more == 0 ? null : Integer.valueOf(known + more);
    }
}
