package dev.bag;

import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener events, one after the other, on a thread that ends when there are none. So a listener that blocks stops
 * nobody: who brings an event goes on at once, and who waits until all are told gives up soon, and only once.
 */
final class Mailbox {

    private static final int MOST_WAITING = 1 << 16;
    private static final int PATIENCE_MILLIS = 500;
    private static final int IDLE_MILLIS = 200;

    private final RunListener listener;
    private final ThreadPoolExecutor events;
    private final AtomicInteger waiting = new AtomicInteger();
    /** The thread that tells; compared with the current one only. */
    private volatile @Nullable Thread teller;
    /** Somebody has waited in vain. Like what follows set by any thread, and reset when all has been told. */
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

    /** Brings an event, which is missed if too many wait. */
    void bring(Consumer<RunListener> event) {
        if (waiting.get() < MOST_WAITING) {
            bringSurely(event);
        } else if (!hasMissed) {
            hasMissed = true;
            warn("is slow and misses events", null);
        }
    }

    /** Brings an event. */
    void bringSurely(Consumer<RunListener> event) {
        waiting.incrementAndGet();
        events.execute(() -> tell(event));
    }

    private void tell(Consumer<RunListener> event) {
        try {
            event.accept(listener);
        } catch (Throwable e) { // whatever a listener throws is no business of a run
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

    /** Waits until all is told that was brought so far, but not long. */
    void waitUntilTold() {
        if (isSlow || Thread.currentThread() == teller) {
            return;
        }
        try {
            events.submit(() -> {}).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            isSlow = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
