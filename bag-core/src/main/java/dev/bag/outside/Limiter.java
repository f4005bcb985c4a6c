package dev.bag.outside;

import dev.bag.value.InFlight;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts calls, in the order in which they were submitted: as many at once as may be in flight, and not sooner after each
 * other than the rate allows. Time that passes without calls is not saved up, so that none start in a burst.
 *
 * <p>Protocol. What is in flight and what waits is guarded by this; calls are started outside of the lock, one after the
 * other by the thread that finds that one may start: whichever submits one, or has ended one, or the timer. A call counts
 * from when it is taken off the queue until {@link #ended}.
 */
final class Limiter {

    /** Something that may be in flight. */
    @FunctionalInterface
    interface Startable {

        /** Begins; its end is to be told. */
        void start();
    }

    private static final double NANOS_PER_SECOND = 1e9;

    private final int most;
    /** 0 if there is no rate. */
    private final long nanosBetween;

    /** This and those below: guarded by this. */
    private final Deque<Startable> waiting = new ArrayDeque<>();

    private int running;
    private boolean hasStarted;
    private long nextStart;
    private boolean timerIsSet;

    Limiter(InFlight limit) {
        most = limit.most();
        nanosBetween = limit.perSecond() == Double.POSITIVE_INFINITY
                ? 0
                : (long) Math.min(Long.MAX_VALUE / 4, Math.ceil(NANOS_PER_SECOND / limit.perSecond()));
    }

    /** How many calls may be in flight. */
    int most() {
        return most;
    }

    /** Starts {@code call} when it may. */
    void submit(Startable call) {
        synchronized (this) {
            waiting.add(call);
        }
        startNext();
    }

    /** Forgets {@code call} if it has not been started. */
    synchronized void remove(Startable call) {
        waiting.remove(call);
    }

    /** A call that was started has ended. */
    void ended() {
        synchronized (this) {
            running--;
        }
        startNext();
    }

    private void startNext() {
        for (Startable next = takeNext(); next != null; next = takeNext()) {
            next.start();
        }
    }

    private synchronized @Nullable Startable takeNext() {
        if (running >= most || waiting.isEmpty()) {
            return null;
        }
        long wait = nanosToWait();
        if (wait > 0) {
            setTimer(wait);
            return null;
        }
        running++;
        return waiting.poll();
    }

    /** Returns how long the next call has to wait; if it has not, it is the one that starts now. Holds the lock. */
    private long nanosToWait() {
        if (nanosBetween == 0) {
            return 0;
        }
        long now = System.nanoTime();
        long wait = hasStarted ? nextStart - now : 0;
        if (wait <= 0) {
            hasStarted = true;
            nextStart = now + nanosBetween;
        }
        return Math.max(0, wait);
    }

    private void setTimer(long nanos) {
        if (!timerIsSet) {
            timerIsSet = true;
            CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> {
                        synchronized (this) {
                            timerIsSet = false;
                        }
                        startNext();
                    });
        }
    }

    /** Waits until the calling thread may make a call itself: one at a time, so that only the rate counts. */
    void awaitTurn() throws InterruptedException {
        for (long wait = nextWait(); wait > 0; wait = nextWait()) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }

    private synchronized long nextWait() {
        return nanosToWait();
    }
}
