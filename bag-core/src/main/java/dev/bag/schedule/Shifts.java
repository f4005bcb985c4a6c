package dev.bag.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of an executor that belongs to the user. They are not held: a <i>shift</i> is what the executor is given; it
 * works as long as there are tasks, and ends. So a pool that is idle has no threads, and one whose executor has none to
 * spare waits for nothing: a thread that wants a result works on it, too ({@link Execution}).
 *
 * <p>Protocol. Whoever makes a task ready looks afterwards whether a seat is free, and if so offers a shift, which has the seat
 * from then on. A shift that finds nothing gives up its seat, and looks once more afterwards. Both happen under the lock of this,
 * so that one of them sees the other, and no task is left without a shift.
 *
 * <p><b>The executor may do what it likes.</b> If it runs a shift within the call that offers it, as one without threads does, the shift
 * does nothing: that thread may be anywhere, also inside a task. If it refuses a shift because it has too much to do, it is asked
 * again after a moment. If it was shut down, the run fails. While a shift is blocked inside a task, one on a thread of our own
 * takes its place, because the executor may have no other thread.
 */
final class Shifts implements Threads {

    private static final ThreadLocal<@Nullable Shift> CURRENT = new ThreadLocal<>();
    private static final long PAUSE_NANOS = 10_000_000;

    private final int seats;
    private final Executor executor;
    /** What each does: works until there is nothing to do. */
    private final Runnable work;
    /** Calls for each run that has work. */
    private final Runnable callAgain;

    /** Shifts that are offered or at work, without those that are blocked; written under the lock of this. */
    private volatile int seated;

    /** Guarded by this, as all below. */
    private final Map<Thread, Shift> working = new HashMap<>();
    /** How many shifts are blocked, and how many are on threads of our own. */
    private int blocked;

    private int spare;
    private boolean asksAgain;
    private boolean isClosed;

    Shifts(int seats, Executor executor, Runnable work, Runnable callAgain) {
        this.seats = seats;
        this.executor = executor;
        this.work = work;
        this.callAgain = callAgain;
    }

    /** A thread works for a while. */
    final class Shift implements Runnable {

        private final boolean isSpare;
        /** The thread that offers it, as long as it does. */
        private @Nullable Thread offeredBy = Thread.currentThread();

        private boolean wasSkipped;
        /** Written and read by the thread that works. */
        private long blockedNanos;
        /** Under the lock of the shifts, as the one below: whether its seat was taken from it. */
        private boolean isAbandoned;

        private boolean isBlocked;

        private Shift(boolean isSpare) {
            this.isSpare = isSpare;
        }

        @Override
        public void run() {
            Thread thread = Thread.currentThread();
            if (offeredBy == thread) {
                wasSkipped = true;
                return;
            }
            CURRENT.set(this);
            begins(thread, this);
            try {
                work.run();
            } finally {
                CURRENT.remove();
                ends(thread, this);
            }
            callAgain.run();
        }

        /** Waits as {@code wait} does; another shift works meanwhile. */
        <E extends Exception> void withoutSeat(Workers.Wait<E> wait) throws E {
            long began = System.nanoTime();
            blocks(this, true);
            try {
                callAgain.run();
                wait.run();
            } finally {
                blocks(this, false);
                blockedNanos += System.nanoTime() - began;
            }
        }

        long blockedNanos() {
            return blockedNanos;
        }
    }

    /** Returns the shift of the calling thread, or null. */
    static @Nullable Shift current() {
        return CURRENT.get();
    }

    private synchronized void begins(Thread thread, Shift shift) {
        working.put(thread, shift);
    }

    private synchronized void ends(Thread thread, Shift shift) {
        working.remove(thread);
        spare -= shift.isSpare ? 1 : 0;
        change(shift.isAbandoned ? 0 : -1);
    }

    private synchronized void isNotTaken(Shift shift) {
        spare -= shift.isSpare ? 1 : 0;
        change(-1);
    }

    private synchronized void blocks(Shift shift, boolean now) {
        shift.isBlocked = now;
        blocked += now ? 1 : -1;
        change(now ? -1 : 1);
    }

    private synchronized void change(int difference) {
        int now = seated + difference;
        seated = now;
    }

    @Override
    public void fillSeats() {}

    @Override
    public boolean call(int most, Consumer<Throwable> refused) {
        boolean comes = true;
        for (int called = 0; called < most && comes; called++) {
            Shift shift = newShift();
            if (shift == null) {
                return true;
            }
            boolean isTaken = offer(shift, refused);
            comes = isTaken || called > 0;
            if (!isTaken) {
                break;
            }
        }
        return comes;
    }

    /** Returns a shift that has a seat, or null if none is free. */
    private synchronized @Nullable Shift newShift() {
        if (seated >= seats || isClosed) {
            return null;
        }
        boolean isSpare = spare < blocked;
        Shift shift = new Shift(isSpare);
        spare += isSpare ? 1 : 0;
        change(1);
        return shift;
    }

    private boolean offer(Shift shift, Consumer<Throwable> refused) {
        @Nullable Throwable reason = null;
        try {
            if (shift.isSpare) {
                shift.offeredBy = null;
                GuestThreads.startPlatform(shift);
                return true;
            }
            executor.execute(shift);
        } catch (RejectedExecutionException e) {
            reason = isShutDown() ? shutDown(e) : null;
            shift.wasSkipped = true;
        } catch (Throwable e) { // an executor that does not work, or no memory for a thread
            reason = e;
            shift.wasSkipped = true;
        }
        shift.offeredBy = null;
        if (!shift.wasSkipped) {
            return true;
        }
        isNotTaken(shift);
        if (reason != null) {
            refused.accept(reason);
        } else {
            askAgainLater();
        }
        return false;
    }

    private void askAgainLater() {
        synchronized (this) {
            if (asksAgain || seated > 0 || isClosed) {
                return; // one that works will look for more
            }
            asksAgain = true;
        }
        Alarm.ofProcess()
                .after(
                        PAUSE_NANOS,
                        () -> GuestThreads.startPlatform(() -> {
                            synchronized (this) {
                                asksAgain = false;
                            }
                            callAgain.run();
                        }));
    }

    private boolean isShutDown() {
        return executor instanceof ExecutorService service && service.isShutdown();
    }

    private static IllegalStateException shutDown(Throwable cause) {
        return new IllegalStateException(
                "the executor of this runner was shut down while it was needed; shut it down when the last run is over",
                cause);
    }

    @Override
    public Throwable reason(Throwable thrown) {
        boolean isInterrupt =
                thrown instanceof InterruptedException || thrown.getCause() instanceof InterruptedException;
        return isInterrupt && current() != null && isShutDown() ? shutDown(thrown) : thrown;
    }

    @Override
    public void abandon(Thread thread) {
        synchronized (this) {
            Shift shift = working.get(thread);
            if (shift == null) {
                return;
            }
            shift.isAbandoned = !shift.isBlocked;
            change(shift.isAbandoned ? -1 : 0);
            blocked += shift.isAbandoned ? 1 : 0; // the thread is none that the executor can use
        }
        callAgain.run();
    }

    @Override
    public synchronized void comeBack() {
        Shift shift = current();
        if (shift != null && shift.isAbandoned) {
            shift.isAbandoned = false;
            blocked--;
            change(1);
        }
    }

    @Override
    public boolean areTooMany() {
        return seated > seats;
    }

    /** The shift ends. */
    @Override
    public boolean leave(Runnable passOn) {
        return !areTooMany();
    }

    /** None is waited for: that no task runs any more is for the runs to say. */
    @Override
    public synchronized List<? extends Thread> close() {
        isClosed = true;
        return List.of();
    }
}
