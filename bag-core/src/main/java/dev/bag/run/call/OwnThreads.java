package dev.bag.run.call;

import dev.bag.schedule.GuestThreads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads for the calls of one run that wait for something, so that the threads of the cores need not. At most 256 at a time; further calls wait. Each run has its own, so that a call
 * that starts a run does not wait for a thread that waits for it.
 */
final class OwnThreads {

    private static final int MOST = 256;
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Guarded by this, as the number below. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private int running;

    /** Runs {@code call} on a thread, when there is one. The call says when it has {@linkplain #ended ended}. */
    void start(Runnable call) {
        synchronized (this) {
            if (running == MOST) {
                waiting.add(call);
                return;
            }
            running++;
        }
        startThread(call);
    }

    /** A call has ended, or is left alone. */
    void ended() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            running -= next == null ? 1 : 0;
        }
        if (next != null) {
            startThread(next);
        }
    }

    private static void startThread(Runnable call) {
        GuestThreads.start("bag-call-" + NUMBERS.incrementAndGet(), call);
    }
}
