package dev.bag.schedule;

import org.jspecify.annotations.Nullable;

/**
 * A thread's stay in an execution: what it has claimed, and whether an interrupt may still be sent to it.
 *
 * <p>Race: the execution stops and interrupts this thread just when it leaves, and the interrupt hits its next work.
 * Hence both happen under this object's lock, and a leaving thread takes back an interrupt that came from here.
 */
final class Visit {

    private final Thread thread;
    private final @Nullable Execution around;
    private final boolean helping;
    private final long began = System.nanoTime();
    private final long blockedBefore = Workers.blockedNanos();
    /** Written and read by the visiting thread only. */
    private @Nullable Batch batch;

    private int index;
    private boolean isMeasured;
    /** By {@link System#nanoTime}, when the turn began, and when something was charged last. */
    private long turnBegan;

    private long lastLook;
    /** How long the thread had been blocked then, in all its life. */
    private long blockedThen;
    /** Both guarded by this. */
    private boolean inside = true;

    private boolean interrupted;

    /** The neighbours in a ring, and whether it has been gone through; guarded by that. */
    private Visit before = this;

    private Visit after = this;
    private boolean isTold;

    /** Whether user code on a helping thread has ended by an interrupt, which took the thread's flag with it. */
    private boolean flagIsLost;

    Visit(Thread thread, @Nullable Execution around, boolean helping) {
        this.thread = thread;
        this.around = around;
        this.helping = helping;
    }

    /** The execution in whose task this thread was when it came, if any. */
    @Nullable Execution around() {
        return around;
    }

    void claimed(Batch newBatch, int newIndex) {
        batch = newBatch;
        index = newIndex;
    }

    /** Nothing is claimed any more, and this keeps nothing from being collected. */
    void forget() {
        batch = null;
    }

    Batch batch() {
        if (batch == null) {
            throw new IllegalStateException("nothing is claimed");
        }
        return batch;
    }

    int index() {
        return index;
    }

    /** The time since this began, without that in which the thread was blocked. */
    long stayNanos() {
        return System.nanoTime() - began - (Workers.blockedNanos() - blockedBefore);
    }

    /** Time is measured from now on. */
    void beginTurn() {
        isMeasured = true;
        turnBegan = System.nanoTime();
        lastLook = turnBegan;
        blockedThen = Workers.blockedNanos();
    }

    /** Whether time is measured. */
    boolean isMeasured() {
        return isMeasured;
    }

    /** The time used since the last look, without that in which the thread was blocked. */
    long nanosSinceLastLook() {
        long now = System.nanoTime();
        long blocked = Workers.blockedNanos();
        long nanos = Math.max(0, now - lastLook - (blocked - blockedThen));
        lastLook = now;
        blockedThen = blocked;
        return nanos;
    }

    /** The time from the beginning of the turn to the last look. */
    long turnNanos() {
        return lastLook - turnBegan;
    }

    /** Notes that a task has thrown {@code thrown}. */
    void failedBy(Throwable thrown) {
        boolean byInterrupt =
                thrown instanceof InterruptedException || thrown.getCause() instanceof InterruptedException;
        flagIsLost |= helping && byInterrupt;
    }

    /** Interrupts the thread if it is still inside, and is not the one that calls. */
    synchronized void interrupt() {
        if (inside && thread != Thread.currentThread()) {
            interrupted = true;
            thread.interrupt();
        }
    }

    synchronized void end() {
        inside = false;
        if (interrupted) {
            Thread.interrupted();
        } else if (flagIsLost) {
            Thread.currentThread().interrupt(); // it belongs to the caller of the run
        }
    }

    /** The visits to one execution, linked through themselves, so that none of this needs memory. */
    static final class Ring {

        /** Guarded by this. The visit that was added last; null while there is none. */
        private @Nullable Visit last;

        synchronized void add(Visit visit) {
            Visit neighbour = last;
            if (neighbour != null) {
                visit.before = neighbour;
                visit.after = neighbour.after;
                neighbour.after.before = visit;
                neighbour.after = visit;
            }
            last = visit;
        }

        /** Does nothing if it has not been added. */
        synchronized void remove(Visit visit) {
            if (last == visit) {
                last = visit.before == visit ? null : visit.before;
            }
            visit.before.after = visit.after;
            visit.after.before = visit.before;
            visit.before = visit;
            visit.after = visit;
        }

        /** Interrupts each thread that is inside, once. */
        void interrupt() {
            for (Visit visit = nextToTell(); visit != null; visit = nextToTell()) {
                visit.interrupt(); // not under the lock of this: what is interrupted may run code of others
            }
        }

        private synchronized @Nullable Visit nextToTell() {
            Visit visit = last;
            do {
                if (visit == null) {
                    return null;
                }
                if (!visit.isTold) {
                    visit.isTold = true;
                    return visit;
                }
                visit = visit.before;
            } while (visit != last);
            return null;
        }
    }
}
