package dev.bag.process;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a process and its descendants. They are listed before any of them ends, because those of a process that has ended are
 * nobody's; and once more before they are killed, because they may have started others meanwhile.
 */
final class Killing {

    /** How long they have to end by themselves. */
    private static final long GRACE_MILLIS = 100;
    /** How long the system may take to end what was killed. */
    private static final long MOST_MILLIS = 5_000;

    private final Set<ProcessHandle> all = new LinkedHashSet<>();

    Killing(ProcessHandle root) {
        all.add(root);
        root.descendants().forEach(all::add);
    }

    void run() {
        boolean interrupted = Thread.interrupted();
        try {
            all.forEach(ProcessHandle::destroy);
            interrupted |= awaitEnd(GRACE_MILLIS);
            if (all.stream().anyMatch(ProcessHandle::isAlive)) {
                atOnce();
                interrupted |= awaitEnd(MOST_MILLIS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As {@link #run}, without asking them to end. */
    void withoutGrace() {
        boolean interrupted = Thread.interrupted();
        try {
            if (all.stream().anyMatch(ProcessHandle::isAlive)) {
                atOnce();
                interrupted |= awaitEnd(MOST_MILLIS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Without asking them to end. */
    void atOnce() {
        for (ProcessHandle each : Set.copyOf(all)) {
            each.descendants().forEach(all::add);
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Returns whether it was interrupted; then it does not wait any longer. */
    private boolean awaitEnd(long millis) {
        CompletableFuture<?>[] ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        } catch (TimeoutException | ExecutionException e) {
            // those that are still there are killed
        }
        return false;
    }
}
