package dev.bag.run.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Threads for the calls of one run that wait for something, so that the threads of the cores need not: virtual ones where
 * the JVM has them, daemon threads elsewhere. At most 256 at a time; further calls wait. Each run has its own, so that a call
 * that starts a run does not wait for a thread that waits for it.
 */
final class OwnThreads {

    private static final int MOST = 256;
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final @Nullable MethodHandle START_VIRTUAL = startVirtual();

    /** Guarded by this, as the number below. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private int running;

    private static final class Timer {
        static final ScheduledThreadPoolExecutor THREAD = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "bag-timer");
            thread.setDaemon(true);
            return thread;
        });

        static {
            THREAD.setRemoveOnCancelPolicy(true);
        }
    }

    /** Does {@code work}, which is quick, after so many nanoseconds. Returns what takes that back. */
    static Runnable after(long nanos, Runnable work) {
        Future<?> scheduled = Timer.THREAD.schedule(work, nanos, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

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
        String name = "bag-call-" + NUMBERS.incrementAndGet();
        if (START_VIRTUAL != null) {
            try {
                Thread started = (Thread) START_VIRTUAL.invokeExact((Runnable) () -> {
                    Thread.currentThread().setName(name);
                    call.run();
                });
                if (started.isDaemon()) {
                    return;
                }
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            return;
        }
        Thread thread = new Thread(call, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static @Nullable MethodHandle startVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            return null; // before JDK 21
        }
    }
}
