package dev.bag.io.codec.gzip;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The helpers of the process: daemon threads, which end when they have had nothing to do for a second.
 *
 * <p><b>Protocol.</b> There is a seat for each core. A reader takes one when it begins to look ahead, whether there is one or
 * not, because its thread is there anyway; a job needs a free one. So while all cores read gzip files, no helper runs. A job
 * that finds no seat is not done, and nothing waits for a seat.
 *
 * <p>Helpers wait for nothing but the file: neither for readers nor for each other nor for tasks of an engine. Readers never
 * wait for helpers: what is not ready when it is its turn, the reader inflates itself. So there is nothing to
 * deadlock, and a helper that comes late costs only its own work. The one race is between a helper that publishes a piece and
 * the reader that comes to it: the piece is published by one write to a volatile field, after everything in it, and the reader
 * looks at that field once. It sees all of the piece or works without. Locks are held for a few steps only, but for one: a reader
 * that is closed takes the lock under which a helper has the file open, after it has interrupted the helper.
 */
final class HelperThreads implements Job.Helpers {

    private static final int CORES = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final AtomicInteger SEATS_TAKEN = new AtomicInteger();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), HelperThreads::thread);

    private static Thread thread(Runnable loop) {
        Thread thread = new Thread(null, loop, "bag gzip " + NUMBER.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    @Override
    public boolean offer(Runnable job) {
        if (!takeSeat()) {
            return false;
        }
        try {
            THREADS.execute(() -> inSeat(job));
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            SEATS_TAKEN.decrementAndGet(); // no thread could be started: the reader goes on alone
            return false;
        }
    }

    private static boolean takeSeat() {
        for (int taken = SEATS_TAKEN.get(); taken < CORES; taken = SEATS_TAKEN.get()) {
            if (SEATS_TAKEN.compareAndSet(taken, taken + 1)) {
                return true;
            }
        }
        return false;
    }

    private static void inSeat(Runnable job) {
        try {
            job.run();
        } finally {
            SEATS_TAKEN.decrementAndGet();
        }
    }

    @Override
    public void readerBegins() {
        SEATS_TAKEN.incrementAndGet();
    }

    @Override
    public void readerEnds() {
        SEATS_TAKEN.decrementAndGet();
    }

    @Override
    public int most() {
        return CORES - 1;
    }
}
