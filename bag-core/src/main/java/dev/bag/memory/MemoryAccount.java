package dev.bag.memory;

import java.io.IOException;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link MemoryBudget} that one run has counted, and the things of the run that can be spilled. Thread-safe.
 *
 * <p>An account is open until {@link #closeAccount()}. After that it counts nothing, and giving memory back has no effect,
 * so that threads of other runs that are just spilling something of this run may end late.
 */
public abstract class MemoryAccount {

    /** So little is never refused: it would cost more to do without. */
    private static final long ALWAYS_GRANTED = 1L << 10;

    private static final long OVER = Long.MIN_VALUE;

    private final MemoryBudget budget;
    private final int parallelism;
    /** How much this run has counted, or {@link #OVER}. */
    private final AtomicLong used = new AtomicLong();

    private final AtomicLong peak = new AtomicLong();
    /** Guarded by itself: what can be spilled, the largest first. */
    private final TreeSet<Offer> offers =
            new TreeSet<>(Comparator.comparingLong(Offer::bytes).reversed().thenComparingLong(Offer::number));

    private final AtomicLong nextOffer = new AtomicLong();
    /** How many things are gathered now that cannot be spilled yet. */
    private final AtomicInteger gathered = new AtomicInteger();

    private volatile boolean closed;
    private volatile Consumer<Throwable> onFailure = failure -> {};

    /** Something that can be spilled, with its size when it was offered. */
    public record Offer(Spillable spillable, long bytes, long number) {}

    /** Opens an account of a run that works on {@code parallelism} tasks at the same time. */
    protected MemoryAccount(MemoryBudget budget, int parallelism) {
        this.budget = budget;
        this.parallelism = parallelism;
    }

    /** From now on the budget may ask this account for something to spill. */
    protected final void openAccount() {
        budget.open(this);
    }

    /** Gives all memory back, and forgets what was offered. */
    protected final void closeAccount() {
        closed = true;
        synchronized (offers) {
            offers.clear();
        }
        budget.close(this);
        long left = used.getAndSet(OVER);
        if (left != OVER) {
            budget.count(-left);
        }
    }

    /** Sets what is told of a failure to spill something of this run on behalf of another run. */
    public final void onFailure(Consumer<Throwable> action) {
        onFailure = action;
    }

    /** Counts memory that is needed in any case, after spilling if that is too much; also if spilling fails. */
    public final void reserve(long bytes) throws IOException {
        boolean counted = tryToCount(bytes);
        try {
            while (!counted && budget.relieve(this, bytes)) {
                counted = tryToCount(bytes);
            }
        } finally {
            if (!counted) {
                count(bytes);
            }
        }
    }

    /** Counts memory if there is enough, maybe after spilling; otherwise counts nothing and returns false. */
    public final boolean tryReserve(long bytes) throws IOException {
        if (bytes <= ALWAYS_GRANTED) {
            reserve(bytes);
            return true;
        }
        if (bytes > budget.limit()) {
            return false;
        }
        if (tryToCount(bytes)) {
            return true;
        }
        budget.relieve(this, bytes);
        return tryToCount(bytes);
    }

    /** Counts memory unless that would break the limit. */
    private boolean tryToCount(long bytes) {
        if (!budget.tryToCount(bytes)) {
            return false;
        }
        if (!own(bytes)) {
            budget.count(-bytes);
        }
        return true;
    }

    /** Returns about how much this run has counted now. */
    public final long usedBytes() {
        return Math.max(0, used.get());
    }

    /** Gives memory back. */
    public final void release(long bytes) {
        count(-bytes);
    }

    private void count(long bytes) {
        if (own(bytes)) {
            budget.count(bytes);
        }
    }

    /** Adds to what this run has counted, unless it is over. */
    private boolean own(long bytes) {
        long now = used.get();
        while (now != OVER) {
            if (used.compareAndSet(now, now + bytes)) {
                if (now + bytes > peak.get()) {
                    peak.accumulateAndGet(now + bytes, Math::max);
                }
                return true;
            }
            now = used.get();
        }
        return false;
    }

    /** Lets any thread spill {@code spillable} at any time from now on. */
    public final Offer offer(Spillable spillable) {
        Offer offer = new Offer(spillable, spillable.bytes(), nextOffer.getAndIncrement());
        synchronized (offers) {
            offers.add(offer);
        }
        return offer;
    }

    /** Takes an offer back. */
    public final void withdraw(Offer offer) {
        synchronized (offers) {
            offers.remove(offer);
        }
    }

    final boolean canSpill() {
        synchronized (offers) {
            return !offers.isEmpty();
        }
    }

    final @Nullable Spillable takeLargest() {
        synchronized (offers) {
            Offer largest = offers.pollFirst();
            return largest == null ? null : largest.spillable();
        }
    }

    /** A thread of another run could not spill something of this one. */
    final void fail(Throwable failure) {
        if (!closed) {
            onFailure.accept(failure);
        }
    }

    final long used() {
        long now = used.get();
        return now == OVER ? 0 : now;
    }

    /** Returns the most that this run had counted at any time. */
    public final long peakBytes() {
        return peak.get();
    }

    /**
     * Returns how much one task may gather before it seals what it has, so that all tasks together gather a fixed part of the
     * budget. A task may gather several things, each for another result.
     */
    public final long taskShare() {
        return Math.max(ALWAYS_GRANTED, budget.limit() / (4L * Math.max(parallelism, gathered.get())));
    }

    /** One more thing is gathered that cannot be spilled before it is sealed. */
    public final void gatheringBegins() {
        gathered.incrementAndGet();
    }

    /** One thing less is gathered: it can be spilled now, or was given up. */
    public final void gatheringEnds() {
        gathered.decrementAndGet();
    }

    /** Something a run keeps in memory that can be written to disk instead. */
    public interface Spillable {

        /** About how many bytes of memory that would free. */
        long bytes();

        /**
         * Writes it to disk, on any thread; does nothing when that has been done already or it is not needed any more.
         *
         * @return about how many bytes of memory that has freed
         */
        long spill() throws IOException;

        /** It will not be needed any more: it is given up, and the memory it has counted is given back. */
        void drop();
    }
}
