package dev.bag.schedule;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for work.
 *
 * <p>The race: a worker looks for work and finds none; a task is pushed and no worker is asleep, so none is woken; the
 * worker goes to sleep beside ready work. Therefore a worker first signs in here, then looks once more, then sleeps; and
 * a thread with a new task first pushes it, then looks whether a worker is signed in. Both sides write before they read, through volatile
 * fields, so at least one of them sees the other.
 *
 * <p>A thread that waits for the result of one execution is woken for that one only, and before others, because it may be
 * the only one that may claim a task of it (see {@link Execution}). If it does not help, no wake-up for a ready task is
 * spent on it. The state it waits for may be written without a fence before the check for sleepers, as the records of a
 * stream are. Therefore it checks once more after a moment, when such a write has become visible.
 */
final class Sleepers {

    private static final long FIRST_NANOS = 1_000_000;

    private final ArrayDeque<Sleeper> sleepers = new ArrayDeque<>();
    /** The size of {@code sleepers}: written under its lock, read without. */
    private volatile int count;

    private static final class Sleeper {
        final Thread thread = Thread.currentThread();
        final @Nullable Object only;
        final boolean works;
        volatile boolean woken;

        Sleeper(@Nullable Object only, boolean works) {
            this.only = only;
            this.works = works;
        }

        boolean waitsFor(Object execution, boolean task) {
            return only == execution && (works || !task);
        }
    }

    /** Sleeps, as a worker, until there may be work for it. */
    void sleep(BooleanSupplier hasWork) {
        sleep(new Sleeper(null, true), hasWork);
    }

    /** Sleeps until {@code execution} may be what its caller waits for; also returns on an interrupt. */
    void sleep(Object execution, boolean works, BooleanSupplier ready) {
        sleep(new Sleeper(execution, works), ready);
    }

    private void sleep(Sleeper self, BooleanSupplier ready) {
        synchronized (sleepers) {
            sleepers.push(self);
            count = sleepers.size();
        }
        try {
            park(self, ready);
        } finally {
            if (!self.woken) {
                signOut(self);
            }
        }
    }

    private void park(Sleeper self, BooleanSupplier ready) {
        boolean looksAgain = self.only != null;
        while (!self.woken && !ready.getAsBoolean()) {
            if (looksAgain) {
                looksAgain = false;
                LockSupport.parkNanos(this, FIRST_NANOS);
            } else {
                LockSupport.park(this);
            }
            if (self.only == null) {
                Thread.interrupted(); // a stray interrupt must not keep an idle worker spinning
            } else if (self.thread.isInterrupted()) {
                return;
            }
        }
    }

    private void signOut(Sleeper self) {
        synchronized (sleepers) {
            sleepers.remove(self);
            count = sleepers.size();
        }
    }

    /** Wakes at most {@code most} threads that may work on {@code execution}, which has ready tasks. */
    void wake(Object execution, int most) {
        if (count > 0) {
            wakeSome(execution, most, true);
        }
    }

    /** Wakes those that wait for {@code execution}. */
    void wakeWaiting(Object execution) {
        if (count > 0) {
            wakeSome(execution, Integer.MAX_VALUE, false);
        }
    }

    void wakeAll() {
        synchronized (sleepers) {
            sleepers.forEach(Sleepers::wake);
            sleepers.clear();
            count = 0;
        }
    }

    private void wakeSome(Object execution, int most, boolean task) {
        synchronized (sleepers) {
            int left = wakeSome(execution, most, task, true);
            if (task) {
                wakeSome(execution, left, true, false);
            }
            count = sleepers.size();
        }
    }

    /**
     * Goes once around, taking out and putting back, so that no memory is needed. Wakes those that wait for {@code execution},
     * or those that wait for any, and returns how many more may be woken.
     */
    private int wakeSome(Object execution, int most, boolean task, boolean waitForIt) {
        int mayBeWoken = most;
        for (int left = sleepers.size(); left > 0; left--) {
            Sleeper sleeper = sleepers.remove();
            if (mayBeWoken > 0 && (waitForIt ? sleeper.waitsFor(execution, task) : sleeper.only == null)) {
                wake(sleeper);
                mayBeWoken--;
            } else {
                sleepers.add(sleeper);
            }
        }
        return mayBeWoken;
    }

    private static void wake(Sleeper sleeper) {
        sleeper.woken = true;
        LockSupport.unpark(sleeper.thread);
    }
}
