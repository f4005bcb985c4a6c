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
    /** Written and read by the visiting thread only. */
    private @Nullable Batch batch;

    private int index;
    /** Both guarded by this. */
    private boolean inside = true;

    private boolean interrupted;

    Visit(Thread thread, @Nullable Execution around) {
        this.thread = thread;
        this.around = around;
    }

    /** The execution in whose task this thread was when it came, if any. */
    @Nullable Execution around() {
        return around;
    }

    void claimed(Batch newBatch, int newIndex) {
        batch = newBatch;
        index = newIndex;
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
        }
    }
}
