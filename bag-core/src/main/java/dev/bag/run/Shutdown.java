package dev.bag.run;

import java.util.HashSet;
import java.util.Set;

/**
 * Cancels what runs when the JVM is asked to end, as by Ctrl-C, and waits a moment: so that files are deleted, outputs taken
 * back and processes ended by the threads that do so after any cancel. A JVM that is killed leaves its files to the next one.
 */
final class Shutdown {

    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What runs. */
    interface Run {

        /** Stops the run for a reason that does not come from it. */
        void cancel(Throwable reason);
    }

    /** Guarded by itself. */
    private static final Set<Run> RUNNING = new HashSet<>();

    /** Registered by the first run. */
    private static final class Hook {

        private static final Hook ONLY = new Hook();

        private Hook() {
            try {
                Thread hook = new Thread(null, Shutdown::cancelAll, "bag-shutdown", 0, false);
                hook.setContextClassLoader(null); // it must keep no class loader from being collected
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the JVM is ending already: then this run ends with it
            }
        }

        void isRegistered() {}
    }

    private Shutdown() {}

    /** {@code run} begins. */
    static void begins(Run run) {
        Hook.ONLY.isRegistered();
        synchronized (RUNNING) {
            RUNNING.add(run);
        }
    }

    /** {@code run} has given back all it had. */
    static void ends(Run run) {
        synchronized (RUNNING) {
            RUNNING.remove(run);
            RUNNING.notifyAll();
        }
    }

    private static void cancelAll() {
        Set<Run> toCancel;
        synchronized (RUNNING) {
            toCancel = Set.copyOf(RUNNING);
        }
        toCancel.forEach(run -> run.cancel(new InterruptedException("the JVM is shutting down")));
        long begin = System.nanoTime();
        synchronized (RUNNING) {
            long left = PATIENCE_NANOS;
            while (left > 0 && RUNNING.stream().anyMatch(toCancel::contains)) {
                try {
                    RUNNING.wait(left / NANOS_PER_MILLI + 1);
                } catch (InterruptedException e) {
                    return;
                }
                left = PATIENCE_NANOS - (System.nanoTime() - begin);
            }
        }
    }
}
