package dev.bag.memory;

import dev.bag.memory.MemoryAccount.Spillable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How much memory the runs of one runner may keep data in, all together. It counts estimates; nothing is allocated here.
 *
 * <p>Protocol. A thread that needs memory counts it if it fits, and otherwise makes room first: of the run that has the most
 * memory, counting what is needed now, it takes the largest thing that can be spilled, and writes it to disk itself. So
 * concurrent runs come down to equal shares. Another thread may take that room meanwhile; then the thread makes more. No
 * thread waits for another one. The lock of a run's list is held only to take something from it, never while writing and
 * never together with another lock, so no two locks have an order. When nothing is left that can be spilled, memory that
 * must be had is granted all the same, and memory that can be done without is refused.
 */
public final class MemoryBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final Set<MemoryAccount> runs = ConcurrentHashMap.newKeySet();

    /** A budget of about {@code limit} bytes. */
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Returns about how much memory all runs together may use. */
    public long limit() {
        return limit;
    }

    /** Returns the most that was ever counted. */
    public long peak() {
        return peak.get();
    }

    /** Returns how much is counted now. */
    public long used() {
        return used.get();
    }

    void open(MemoryAccount run) {
        runs.add(run);
    }

    void close(MemoryAccount run) {
        runs.remove(run);
    }

    /** Counts {@code bytes}; a negative number gives memory back. */
    void count(long bytes) {
        notePeak(used.addAndGet(bytes));
    }

    /** Counts {@code bytes} unless that would break the limit. */
    boolean tryToCount(long bytes) {
        long now;
        do {
            now = used.get() + bytes;
            if (now > limit) {
                return false;
            }
        } while (!used.compareAndSet(now - bytes, now));
        notePeak(now);
        return true;
    }

    private void notePeak(long now) {
        if (now > peak.get()) {
            peak.accumulateAndGet(now, Math::max);
        }
    }

    /**
     * Spills until {@code more} bytes besides those used are half of the limit, or nothing is left to spill; on behalf of
     * {@code caller}. Half, because what does not fit once will not fit again soon, and the less is kept the less the
     * garbage collector has to copy. Returns whether it has come so far or at least spilled something.
     */
    boolean relieve(MemoryAccount caller, long more) throws IOException {
        boolean spilled = false;
        while (used.get() + more > limit / 2) {
            if (!relieveOnce(caller, more)) {
                return spilled;
            }
            spilled = true;
        }
        return true;
    }

    private boolean relieveOnce(MemoryAccount caller, long more) throws IOException {
        MemoryAccount most = null;
        long itsBytes = 0;
        for (MemoryAccount run : runs) {
            long bytes = run.used() + (run == caller ? more : 0);
            if (run.canSpill() && (most == null || bytes > itsBytes)) {
                most = run;
                itsBytes = bytes;
            }
        }
        return most != null && spill(most, caller);
    }

    private static boolean spill(MemoryAccount run, MemoryAccount caller) throws IOException {
        @Nullable Spillable largest = run.takeLargest();
        if (largest == null) {
            return true; // another thread has taken it
        }
        try {
            run.release(largest.spill());
        } catch (Throwable e) { // errors too: what another run's records do when they are written is its failure
            if (run == caller) {
                throw e;
            }
            run.fail(e);
        }
        return true;
    }
}
