package dev.bag.io.codec.gzip;

import org.jspecify.annotations.Nullable;

/**
 * What a helper does for a reader. It can be cancelled at any time, from the reader's thread.
 *
 * <p>A thread works on one job after the other. So that an interrupt never hits the next one, both the interrupt and the
 * end of a job happen under the job's lock.
 */
abstract class Job implements Runnable {

    private volatile boolean cancelled;
    private volatile boolean over;

    /** Guarded by this. */
    private @Nullable Thread runner;

    @Override
    public final void run() {
        begin(Thread.currentThread());
        try {
            if (!cancelled) {
                work();
            }
        } finally {
            begin(null);
            over = true;
        }
    }

    private synchronized void begin(@Nullable Thread thread) {
        runner = thread;
        if (thread == null) {
            Thread.interrupted(); // it was meant for this job, which is over
        }
    }

    /** Does it. What it throws is told nowhere. */
    abstract void work();

    final boolean isCancelled() {
        return cancelled;
    }

    /** Returns whether nothing is done for it any more. */
    final boolean isOver() {
        return over;
    }

    /** Says that the result is not wanted any more. Does not wait. */
    final void cancel() {
        cancelled = true;
        interrupt();
    }

    private synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** Threads that do jobs. */
    interface Helpers {

        /** Returns whether a thread was free for the job, which it does then. */
        boolean offer(Runnable job);

        /** A reader begins, on a thread of its own. */
        void readerBegins();

        /** A reader ends. */
        void readerEnds();

        /** Returns how many there are at most. */
        int most();
    }
}
