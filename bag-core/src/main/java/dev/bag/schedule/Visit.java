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
    /** Written and read by the visiting thread only. */
    private @Nullable Batch batch;

    private int index;
    /** Both guarded by this. */
    private boolean inside = true;

    private boolean interrupted;

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

    Batch batch() {
        if (batch == null) {
            throw new IllegalStateException("nothing is claimed");
        }
        return batch;
    }

    int index() {
        return index;
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
}
