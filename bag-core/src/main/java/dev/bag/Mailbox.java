package dev.bag;

import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events to a listener, one after the other, on a thread that ends when there are none. Posting an event never
 * blocks. Waiting for delivery gives up after one second, and only the first time: after that a listener that blocks is
 * not waited for until it has caught up.
 */
final class Mailbox {

    private static final int MOST_WAITING = 1 << 16;
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int IDLE_MILLIS = 200;

    private final RunListener listener;
    private final ThreadPoolExecutor events;
    private final AtomicInteger waiting = new AtomicInteger();
    /** The thread that delivers; compared with the current one only. */
    private volatile @Nullable Thread teller;
    /** Waiting has timed out. Like the fields below, set by any thread and reset when all events are delivered. */
    private volatile boolean isSlow;

    private volatile boolean hasMissed;
    private volatile boolean hasThrown;

    Mailbox(RunListener listener) {
        this.listener = listener;
        this.events = new ThreadPoolExecutor(
                1, 1, IDLE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), this::newThread);
        events.allowCoreThreadTimeOut(true);
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "bag-listener");
        thread.setDaemon(true);
        teller = thread;
        return thread;
    }

    /** Posts an event, which is dropped if too many wait. */
    void bring(Consumer<RunListener> event) {
        if (waiting.get() < MOST_WAITING) {
            bringSurely(event);
        } else if (!hasMissed) {
            hasMissed = true;
            warn("is slow and misses events", null);
        }
    }

    /** Posts an event that is never dropped. */
    void bringSurely(Consumer<RunListener> event) {
        waiting.incrementAndGet();
        if (!execute(() -> tell(event))) {
            waiting.decrementAndGet();
        }
    }

    /** Returns false if no thread can be had. Only callers that need one are told. */
    private boolean execute(Runnable work) {
        try {
            events.execute(work);
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    private void tell(Consumer<RunListener> event) {
        try {
            event.accept(listener);
        } catch (Throwable e) { // an exception of a listener does not concern the run
            if (!hasThrown) {
                hasThrown = true;
                warn("has thrown; this is told once", e);
            }
        } finally {
            if (waiting.decrementAndGet() == 0) {
                isSlow = false;
                hasMissed = false;
            }
        }
    }

    private void warn(String what, @Nullable Throwable thrown) {
        String text = "a RunListener " + what + ": " + listener.getClass().getName();
        System.getLogger("dev.bag").log(Level.WARNING, text, thrown);
    }

    /** Waits until all events posted so far are delivered, but not long. */
    void waitUntilTold() {
        if (isSlow || Thread.currentThread() == teller) {
            return;
        }
        CountDownLatch told = new CountDownLatch(1);
        try {
            isSlow = execute(told::countDown) && !told.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
