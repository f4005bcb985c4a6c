package dev.bag;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events to a listener, one after the other, on a thread that ends when there are none for a while. Posting an event never
 * blocks. Waiting for delivery gives up after one second, and only the first time: after that a listener that blocks is
 * not waited for until it has caught up.
 *
 * <p>Tasks post often, and waking a thread takes as long as a small task. So the thread parks for a few milliseconds when it has
 * delivered all events, and only {@link #waitUntilTold} wakes it. Before it ends it clears {@link #teller}, and then checks the
 * queue once more; a thread that posts adds its event first, and checks {@link #teller} then. So one of the two sees the other.
 */
final class Mailbox {

    private static final int MOST_WAITING = 1 << 16;
    private static final int PATIENCE_MILLIS = 1_000;
    private static final long NAP_NANOS = 5_000_000;
    /** How many naps in a row without an event are the last ones. */
    private static final int MOST_NAPS = 40;

    private final RunListener listener;
    private final Queue<Consumer<RunListener>> events = new ConcurrentLinkedQueue<>();
    /** Those that are not delivered; raised before an event is added. */
    private final AtomicInteger waiting = new AtomicInteger();
    /** The thread that delivers; null if there is none. */
    private final AtomicReference<@Nullable Thread> teller = new AtomicReference<>();
    /** Waiting has timed out. Like the fields below, set by any thread and reset when all events are delivered. */
    private volatile boolean isSlow;

    private volatile boolean hasMissed;
    private volatile boolean hasThrown;

    Mailbox(RunListener listener) {
        this.listener = listener;
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

    /** Posts an event that is never dropped. Returns false if there is no memory for it, or no thread can be had now. */
    boolean bringSurely(Consumer<RunListener> event) {
        waiting.incrementAndGet();
        try {
            events.add(event);
        } catch (OutOfMemoryError e) {
            waiting.decrementAndGet();
            return false;
        }
        return teller.get() != null || startTeller();
    }

    private boolean startTeller() {
        try {
            Thread thread = new Thread(this::tellAll, "bag-listener");
            thread.setDaemon(true);
            if (teller.compareAndSet(null, thread)) {
                start(thread);
            }
            return true;
        } catch (OutOfMemoryError e) { // the next event tries again
            return false;
        }
    }

    private void start(Thread thread) {
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            teller.set(null);
            throw e;
        }
    }

    /** As the teller. */
    private void tellAll() {
        try {
            tellUntilIdle();
        } finally {
            teller.compareAndSet(Thread.currentThread(), null); // where there was no memory even to warn
        }
    }

    /** Until there was nothing for so many naps. */
    private void tellUntilIdle() {
        int naps = 0;
        while (true) {
            Consumer<RunListener> event = events.poll();
            if (event != null) {
                naps = 0;
                tell(event);
            } else if (naps < MOST_NAPS) {
                naps++;
                Thread.interrupted(); // a listener may have left that
                LockSupport.parkNanos(this, NAP_NANOS);
            } else {
                teller.set(null);
                if (events.isEmpty() || !teller.compareAndSet(null, Thread.currentThread())) {
                    return;
                }
            }
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
        if (isSlow || Thread.currentThread() == teller.get()) {
            return;
        }
        CountDownLatch told = new CountDownLatch(1);
        try {
            if (bringSurely(listening -> told.countDown())) {
                LockSupport.unpark(teller.get());
                isSlow = !told.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
