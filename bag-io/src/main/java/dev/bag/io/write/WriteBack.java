package dev.bag.io.write;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings complete files of a run to the disk while others are written, on threads that the process has for that: they end when
 * they have had nothing to do for a second.
 *
 * <p><b>Protocol.</b> A thread that has completed a file leaves it here, open, and goes on. Where too many files wait, it forces
 * its own itself, so that few are open. The thread that commits waits for each file that it is about to rename; it comes
 * when all files have been left here, and sees what became of each through its future. Nobody waits for files that are given
 * up: a file that is deleted may be forced all the same, which does no harm, and is closed then.
 */
final class WriteBack implements PieceFile.Disk {

    private static final int MOST_THREADS = 4;
    private static final int MOST_WAITING = 32;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            WriteBack::thread,
            new ThreadPoolExecutor.CallerRunsPolicy());

    static {
        THREADS.allowCoreThreadTimeOut(true);
    }

    /** By name. */
    private final Map<String, Future<?>> files = new ConcurrentHashMap<>();

    private static Thread thread(Runnable loop) {
        Thread thread = new Thread(null, loop, "bag write " + NUMBER.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    @Override
    public void take(String name, String shown, FileChannel file) {
        FutureTask<Object> task = new FutureTask<>(() -> WriteFailures.naming(shown, () -> {
            PieceFile.Disk.FORCED.take(name, shown, file);
            return name;
        }));
        files.put(name, task);
        THREADS.execute(task);
    }

    /** Returns when a file is on disk, even if the thread is interrupted. Does not wait for files that were not left here. */
    void await(String name) throws IOException {
        Future<?> file = files.remove(name);
        boolean isInterrupted = false;
        try {
            while (file != null) {
                try {
                    file.get();
                    return;
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
