package dev.bag.schedule;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The stay of a thread that is none of the pool and runs code of an execution. A stop interrupts it, and the execution is over
 * when it has left.
 */
public final class Guest {

    private final Execution execution;
    private final Visit visit = new Visit(Thread.currentThread(), null, false);
    /** By the thread itself, or by one that says that it is not waited for. */
    private final AtomicBoolean hasLeft = new AtomicBoolean();

    private Guest(Execution execution) {
        this.execution = execution;
    }

    /** Lets the calling thread come in. Returns null if {@code execution} is stopping. */
    public static @Nullable Guest enter(Execution execution) {
        Guest guest = new Guest(execution);
        execution.active.incrementAndGet();
        execution.enter(guest.visit, false);
        if (execution.stopping()) {
            guest.leave();
            return null;
        }
        return guest;
    }

    /**
     * Does {@code work} on the calling thread, which is none of the pool, for a task that has stopped and waits for it. Returns
     * false, with nothing done, if {@code execution} is stopping.
     */
    public static boolean during(Execution execution, Runnable work) {
        Guest guest = enter(execution);
        if (guest == null) {
            return false;
        }
        try {
            work.run();
        } finally {
            guest.leave();
        }
        return true;
    }

    /** It leaves. By the thread itself, which does nothing afterwards. */
    public void leave() {
        if (hasLeft.compareAndSet(false, true)) {
            execution.leave(visit);
        }
    }

    /** Its end is not waited for. By another thread. */
    public void abandon() {
        if (hasLeft.compareAndSet(false, true)) {
            execution.abandon(visit);
        }
    }
}
