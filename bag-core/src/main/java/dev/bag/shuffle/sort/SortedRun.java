package dev.bag.shuffle.sort;

import dev.bag.shuffle.hold.EntryStore;
import dev.bag.shuffle.hold.ObjectStore;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Weight;
import dev.bag.spill.SpillArea;
import dev.bag.spill.SpillFile;
import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sorted records, with those at the marks kept in memory, so that a place in the order is found without reading. */
public final class SortedRun extends Segment {

    private final Object[] samples;

    private SortedRun(SpillArea area, EntryStore store, int count, Object[] samples, Weight weight) {
        super(area, store, count, weight);
        this.samples = samples;
    }

    private SortedRun(SpillArea area, SpillFile file, int count, long[] marks, long end, Object[] samples, long bytes) {
        super(area, file, count, marks, end, bytes);
        this.samples = samples;
    }

    /** Sorts the first {@code count} of {@code records}, and seals them. */
    public static SortedRun sort(
            SpillArea area, @Nullable Object[] records, int count, Comparator<Object> order, Weight weight)
            throws IOException {
        PrefixSort.sort(records, count, order);
        Object[] samples = new Object[sampleCount(count)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Objects.requireNonNull(records[(i + 1) * MARK_EVERY]);
        }
        return seal(area, new ObjectStore(null, records, null), count, samples, weight);
    }

    /** Seals {@code count} records that have been sorted; {@code samples} are those at the marks but the first. */
    public static SortedRun seal(SpillArea area, EntryStore store, int count, Object[] samples, Weight weight)
            throws IOException {
        SortedRun run = new SortedRun(area, store, count, samples, weight);
        run.offered();
        return run;
    }

    /** Records that have been written by a {@link RunWriter}. */
    static SortedRun onDisk(
            SpillArea area, SpillFile file, int count, long[] marks, long end, Object[] samples, long bytes) {
        return new SortedRun(area, file, count, marks, end, samples, bytes);
    }

    /** A segment that a sort has left. */
    static SortedRun of(Segment segment) {
        if (segment instanceof SortedRun run) {
            return run;
        }
        throw new IllegalArgumentException("a segment that was not sorted is merged");
    }

    /** The records at the marks but the first. */
    Object[] samples() {
        return samples;
    }

    /** How many samples there are of {@code count} records. */
    public static int sampleCount(int count) {
        return Math.max(0, (count - 1) / MARK_EVERY);
    }
}
