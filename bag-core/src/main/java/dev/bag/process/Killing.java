package dev.bag.process;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process and all that it has started. Its descendants are listed before any of them ends, because afterwards the system
 * does not know them as such. One that starts another in between leaves it behind: {@link Mark} finds it, where the system
 * tells.
 *
 * <p>The end is looked for again and again, and not awaited by {@link ProcessHandle#onExit}: that completes in the common pool,
 * which would then also run what {@link Process} does at the end. This waits for the lock of its streams, which a thread holds
 * that reads from a pipe another process has open still.
 */
final class Killing {

    /** How long they have to end by themselves. */
    private static final long GRACE_MILLIS = 100;
    /** How long the system may take to end what was killed. */
    private static final long MOST_MILLIS = 5_000;

    private final ProcessHandle root;
    private final Mark mark;
    private final Set<ProcessHandle> all = new LinkedHashSet<>();

    /** Of {@code root}, which was started with {@code mark}. */
    Killing(ProcessHandle root, Mark mark) {
        this.root = root;
        this.mark = mark;
        all.add(root);
        root.descendants().forEach(all::add); // before any of them ends
    }

    /** Asks them to end, and kills those that are still there after a moment. An interrupt stays for others to see. */
    void run() {
        all.forEach(ProcessHandle::destroy);
        boolean interrupted = awaitEnd(GRACE_MILLIS);
        kill();
        interrupted |= awaitEnd(MOST_MILLIS);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@link #run}, without asking. */
    void withoutGrace() {
        kill();
        if (awaitEnd(MOST_MILLIS)) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills them; does not wait for their end. Ends itself, because those that could start others are killed each time. */
    void kill() {
        do {
            addDescendants();
            all.forEach(ProcessHandle::destroyForcibly);
        } while (all.addAll(mark.processes()));
    }

    /** Looks at all processes a few times, and not once for each of those that are to end: there may be thousands. */
    private void addDescendants() {
        while (all.addAll(ProcessHandle.allProcesses()
                .filter(each -> each.parent().filter(all::contains).isPresent())
                .toList())) {}
    }

    /** One that has ended is alive until its parent asks for its exit code; the root's is this one, those of others may not. */
    private boolean isRunning(ProcessHandle process) {
        return process.isAlive()
                && (process.equals(root) || process.info().command().isPresent());
    }

    /** Returns whether it was interrupted meanwhile. */
    private boolean awaitEnd(long millis) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (all.stream().anyMatch(this::isRunning) && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
