package dev.bag.spill;

import dev.bag.value.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory one run has counted, what of it can be spilled, and the files it has spilled to. Any thread may use it.
 * What is left of it goes when the run is over.
 */
public final class RunSpace implements AutoCloseable {

    /** So little is never refused: it would cost more to do without. */
    private static final long ALWAYS_GRANTED = 1L << 10;

    private static final long OVER = Long.MIN_VALUE;

    private final MemoryBudget budget;
    private final int parallelism;
    private final int retries;
    private final SpillDirectory directory;
    private final Codecs codecs = new Codecs();
    /** How much this run has counted, or {@link #OVER}: then others may still give back what they have spilled of it. */
    private final AtomicLong used = new AtomicLong();

    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong spilledBytes = new AtomicLong();
    /** Guarded by itself: what can be spilled, the largest first. */
    private final TreeSet<Offer> offers =
            new TreeSet<>(Comparator.comparingLong(Offer::bytes).reversed().thenComparingLong(Offer::number));

    private final AtomicLong nextOffer = new AtomicLong();
    /** How many things are gathered now that cannot be spilled yet. */
    private final AtomicInteger gathered = new AtomicInteger();

    private volatile boolean closed;
    private volatile Consumer<Throwable> onFailure = failure -> {};
    private volatile SpillListener listener = (bytes, path) -> {};

    /** Something that can be spilled, with its size when it was offered. */
    public record Offer(Spillable spillable, long bytes, long number) {}

    /** Told when something was written to disk. */
    @FunctionalInterface
    public interface SpillListener {

        /** So many bytes were written to {@code file}. */
        void spilled(long bytes, Path file);
    }

    RunSpace(MemoryBudget budget, Path tempDirectory, int parallelism, int retries) {
        this.retries = retries;
        this.budget = budget;
        this.parallelism = parallelism;
        this.directory = new SpillDirectory(tempDirectory);
        budget.open(this);
    }

    /** Whom to tell that something of this run could not be spilled when another run needed memory. */
    public void onFailure(Consumer<Throwable> action) {
        onFailure = action;
    }

    /** Whom to tell what is spilled. */
    public void listener(SpillListener to) {
        listener = to;
    }

    /** Counts memory that is needed in any case, after spilling if that is too much; also if spilling fails. */
    public void reserve(long bytes) throws IOException {
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

    /** Counts memory if there is enough, maybe after spilling; otherwise counts nothing. */
    public boolean tryReserve(long bytes) throws IOException {
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

    /** Gives memory back. */
    public void release(long bytes) {
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

    /** From now on {@code spillable} may be spilled at any time, by any thread. */
    public Offer offer(Spillable spillable) {
        Offer offer = new Offer(spillable, spillable.bytes(), nextOffer.getAndIncrement());
        synchronized (offers) {
            offers.add(offer);
        }
        return offer;
    }

    /** What was offered is not there any more. */
    public void withdraw(Offer offer) {
        synchronized (offers) {
            offers.remove(offer);
        }
    }

    boolean canSpill() {
        synchronized (offers) {
            return !offers.isEmpty();
        }
    }

    @Nullable Spillable takeLargest() {
        synchronized (offers) {
            Offer largest = offers.pollFirst();
            return largest == null ? null : largest.spillable();
        }
    }

    /** Another run's thread could not spill what is ours. */
    void fail(Throwable failure) {
        if (!closed) {
            onFailure.accept(failure);
        }
    }

    long used() {
        long now = used.get();
        return now == OVER ? 0 : now;
    }

    /** How many more attempts a task of this run has that fails. */
    public int retries() {
        return retries;
    }

    /** The most that this run had counted at any time. */
    public long peakBytes() {
        return peak.get();
    }

    /** Whether this run has needed more memory than there is, so that what it gathers will most likely go to disk. */
    public boolean isSpilling() {
        return spilledBytes.get() > 0;
    }

    /**
     * How much one task may gather before it seals what it has: what all together gather is then a part of the budget. A
     * task may gather several things, each for another result.
     */
    public long taskShare() {
        return Math.max(ALWAYS_GRANTED, budget.limit() / (4L * Math.max(parallelism, gathered.get())));
    }

    /** One more thing is gathered that cannot be spilled before it is sealed. */
    public void gatheringBegins() {
        gathered.incrementAndGet();
    }

    /** It can be spilled now, or is given up. */
    public void gatheringEnds() {
        gathered.decrementAndGet();
    }

    /** Files for one purpose, which are deleted together. */
    public SpillArea newArea() {
        return newArea(Storage.MEMORY);
    }

    /** As {@link #newArea()}, for what is written only when memory is short, or at once. */
    public SpillArea newArea(Storage storage) {
        return new SpillArea(this, directory, codecs, storage);
    }

    void spilled(long bytes, Path file) {
        spilledBytes.addAndGet(bytes);
        listener.spilled(bytes, file);
    }

    /** How many bytes were written to disk so far. */
    public long spilledBytes() {
        return spilledBytes.get();
    }

    /** How many files were made so far. */
    public int spilledFiles() {
        return directory.fileCount();
    }

    /** Gives back all memory and deletes all files. Nothing of the run may work any more. */
    @Override
    public void close() throws IOException {
        closed = true;
        synchronized (offers) {
            offers.clear();
        }
        budget.close(this);
        long left = used.getAndSet(OVER);
        if (left != OVER) {
            budget.count(-left);
        }
        directory.close();
    }
}
