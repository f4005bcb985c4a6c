package dev.bag.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread's stay in an execution: what it has claimed, and whether an interrupt may still be sent to it.
 *
 * <p>Race: the execution stops and interrupts this thread just when it leaves, and the interrupt hits its next work.
 * Hence both happen under this object's lock, and a leaving thread takes back an interrupt that came from here.
 */
final class Visit implements Deadlines.Stay {

    private final Thread thread;
    private final @Nullable Execution around;
    private final boolean helping;
    /** What the thread gets back when it leaves. */
    private @Nullable ClassLoader ownClassLoader;

    private boolean hasOwnClassLoader;
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
    /** Guarded by this, too: whether the end of this is not waited for. */
    private boolean isAbandoned;
    /** Written by the visiting thread; null between two tasks, and while time does not matter. */
    private volatile Deadlines.@Nullable Stretch stretch;

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

    boolean isHelping() {
        return helping;
    }

    /** Gives the thread the context class loader of the one that has started the execution. */
    void enterClassLoader(ClassLoader loader) {
        ClassLoader own = thread.getContextClassLoader();
        if (own != loader) {
            ownClassLoader = own;
            hasOwnClassLoader = true;
            thread.setContextClassLoader(loader);
        }
    }

    void leaveClassLoader() {
        if (hasOwnClassLoader) {
            thread.setContextClassLoader(ownClassLoader);
        }
    }

    /** The execution in whose task this thread was when it came, if any. */
    @Nullable Execution around() {
        return around;
    }

    void claimed(Batch newBatch, int newIndex) {
        batch = newBatch;
        index = newIndex;
    }

    /** What the thread has claimed begins, or is attempted again, at {@code since}. */
    void beginStretch(long since) {
        stretch = new Stretch(batch(), index, since);
    }

    @Override
    public Deadlines.@Nullable Stretch stretch() {
        return stretch;
    }

    @Override
    public synchronized void timeOut(Deadlines.Stretch late) {
        if (inside && stretch == late) {
            late.tell();
            thread.interrupt();
        }
    }

    /** Ends the stretch. Returns whether it was interrupted for being late; the thread's flag is taken back then. */
    synchronized boolean endStretch() {
        Deadlines.Stretch ended = stretch;
        stretch = null;
        boolean wasLate = ended != null && ended.isTold();
        if (wasLate && !interrupted) {
            Thread.interrupted();
        }
        return wasLate;
    }

    /** Nobody waits for this thread any more. Returns whether it was inside. */
    synchronized boolean abandon() {
        boolean now = inside && !helping && !isAbandoned;
        isAbandoned |= now;
        return now;
    }

    @Override
    public Thread thread() {
        return thread;
    }

    /** What the thread has claimed, as long as it works on it at a stretch. */
    private static final class Stretch extends Deadlines.Stretch {

        private final Batch batch;
        private final int index;

        Stretch(Batch batch, int index, long since) {
            super(since);
            this.batch = batch;
            this.index = index;
        }

        @Override
        Throwable inTask(Throwable thrown) {
            return batch.inTask(index, thrown);
        }
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

    /** The thread leaves. Returns whether it was abandoned before. */
    synchronized boolean end() {
        inside = false;
        if (interrupted) {
            Thread.interrupted();
        } else if (flagIsLost) {
            Thread.currentThread().interrupt(); // it belongs to the caller of the run
        }
        return isAbandoned;
    }

    /** Charges {@code share} what this has used since it looked last. Returns whether it should look whether another run has used less. */
    boolean isTurnOver(Share share) {
        if (!isMeasured()) {
            share.charge(1); // so that the others come first
            return true;
        }
        share.charge(nanosSinceLastLook());
        return turnNanos() >= Share.TURN_NANOS;
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

        /** Those that are inside. */
        synchronized List<Visit> all() {
            List<Visit> all = new ArrayList<>();
            Visit visit = last;
            while (visit != null) {
                all.add(visit);
                visit = visit.before == last ? null : visit.before;
            }
            return all;
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
