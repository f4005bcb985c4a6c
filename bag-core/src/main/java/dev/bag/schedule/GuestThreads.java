package dev.bag.schedule;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads for work that mostly waits, which come to an execution as a {@link Guest}. They are daemons, as many as there is work, and hold the context class loader of the
 * thread that starts them.
 */
public final class GuestThreads {

    private static final long IDLE_SECONDS = 2;

    /** Starts a virtual thread; null before Java 21. */
    private static final @Nullable MethodHandle START_VIRTUAL = findStartVirtual();

    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final ExecutorService PLATFORM = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "bag-outside-" + STARTED.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    private GuestThreads() {}

    private static @Nullable MethodHandle findStartVirtual() {
        if (Runtime.version().feature() < 21) {
            return null; // where it is a preview, it is there and fails
        }
        try {
            MethodType type = MethodType.methodType(Thread.class, Runnable.class);
            return MethodHandles.publicLookup().findStatic(Thread.class, "startVirtualThread", type);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Runs {@code work} on a thread of its own: a virtual one from Java 21 on. */
    public static void start(Runnable work) {
        MethodHandle startVirtual = START_VIRTUAL;
        if (startVirtual == null) {
            startPlatform(work);
            return;
        }
        try {
            Thread started = (Thread) startVirtual.invokeExact(work);
            assert started.isDaemon();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #start(Runnable)}; the thread has that name meanwhile. */
    public static void start(String name, Runnable work) {
        start(() -> {
            Thread thread = Thread.currentThread();
            String before = thread.getName();
            thread.setName(name);
            try {
                work.run();
            } finally {
                thread.setName(before);
            }
        });
    }

    /** Runs {@code work} on a thread of the system, which is used again: for what would hold one anyway, such as reading a pipe. */
    public static void startPlatform(Runnable work) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        PLATFORM.execute(() -> {
            Thread thread = Thread.currentThread();
            thread.setContextClassLoader(loader);
            try {
                work.run();
            } finally {
                thread.setContextClassLoader(null);
            }
        });
    }
}
