package dev.bag.run.watch;

import dev.bag.kernel.SourceFeed;
import dev.bag.schedule.Execution;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a task, or at a chunk of one, has read, and what its functions have counted. It counts when the
 * result of the attempt does ({@link RunTally}), and is forgotten with it otherwise. One thread at a time uses it.
 *
 * <p>Functions find it through their thread. A run inside a function has attempts of its own; so what is current belongs
 * to a function only if it was entered in the execution that the function is in. Functions that are called outside of all
 * attempts, to merge results, are called once: what they count counts at once.
 */
public final class Tally implements SourceFeed.Reading {

    private static final ThreadLocal<@Nullable Tally> CURRENT = new ThreadLocal<>();

    /** Where what is read counts before the result does, or null. */
    private final RunTally.@Nullable AtOnce soFar;

    private Map<String, long[]> counts = Map.of();
    private long records;
    /** Records that other stages have left. */
    private long handed;

    private long bytes;
    /** Of these, what counts in {@link #soFar} already. */
    private long bytesAtOnce;

    private long bytesPassedOver;
    private @Nullable Execution execution;

    /** Nobody asks before the result counts. */
    public Tally() {
        this(null);
    }

    /** Counts what is read in {@code soFar} at once, if that is not null. */
    public Tally(RunTally.@Nullable AtOnce soFar) {
        this.soFar = soFar;
    }

    /**
     * Adds to what a function of a run has counted.
     *
     * @return whether the calling thread is in a function of a run
     */
    public static boolean count(String counter, long amount) {
        Execution execution = Execution.current();
        Tally tally = CURRENT.get();
        if (tally != null && execution != null && tally.execution == execution) {
            tally.add(counter, amount);
            return true;
        }
        if (execution != null && execution.attached() instanceof RunTally run) {
            run.add(counter, amount);
            return true;
        }
        return false;
    }

    /** Returns that of the attempt that the calling thread works on, or null. */
    static @Nullable Tally current() {
        return CURRENT.get();
    }

    /** The calling thread works on the attempt from now on. Returns what is to be given to {@link #leave}. */
    public @Nullable Tally enter() {
        Tally before = CURRENT.get();
        if (before != this) {
            execution = Execution.current();
            CURRENT.set(this);
        }
        return before;
    }

    /** The calling thread has stopped working on the attempt, unless it did before it entered. */
    public void leave(@Nullable Tally before) {
        if (before != this) {
            CURRENT.set(before);
        }
    }

    private void add(String counter, long amount) {
        if (counts.isEmpty()) {
            counts = new HashMap<>();
        }
        counts.computeIfAbsent(counter, name -> new long[1])[0] += amount;
    }

    /** Adds what {@link #takeCounts} has returned. */
    public void addCounts(Map<String, long[]> others) {
        others.forEach((counter, amount) -> add(counter, amount[0]));
    }

    /** Returns what was counted since the last call. */
    public Map<String, long[]> takeCounts() {
        Map<String, long[]> taken = counts;
        counts = Map.of();
        return taken;
    }

    @Override
    public void records(long count) {
        records += count;
        if (soFar != null) {
            soFar.records().add(count);
        }
    }

    /** Returns what counts the records of a partition, which is one of a source or left by other stages. */
    public SourceFeed.Reading reading(boolean isSource) {
        return isSource ? this : new Handed();
    }

    private final class Handed implements SourceFeed.Reading {
        @Override
        public void records(long count) {
            handed += count;
        }

        @Override
        public void bytesRead(long count) {}

        @Override
        public void passedOver(long count) {}
    }

    @Override
    public void bytesRead(long count) {
        if (soFar != null) {
            bytesAtOnce += count;
            soFar.bytes().add(count);
        }
    }

    /** The attempt has failed, and will not count. */
    public void isGivenUp() {
        if (soFar != null) {
            soFar.records().add(-records);
            soFar.bytes().add(-bytesAtOnce);
        }
    }

    /** The attempt counts, and so does all that has not counted at once. */
    void counts(RunTally.AtOnce run) {
        if (soFar == null) {
            run.records().add(records);
        }
        run.bytes().add(Math.max(0, bytes - bytesAtOnce)); // less where it was not known how much there is
    }

    /** So many bytes of the input were to be read. */
    public void bytes(long count) {
        bytes += count;
    }

    @Override
    public void passedOver(long count) {
        bytesPassedOver += count;
    }

    public long records() {
        return records;
    }

    public long handed() {
        return handed;
    }

    /** So many records were read that other stages have left. */
    public void handed(long count) {
        handed += count;
    }

    public long bytes() {
        return bytes;
    }

    public long bytesPassedOver() {
        return bytesPassedOver;
    }

    public boolean countsNothing() {
        return counts.isEmpty();
    }
}
