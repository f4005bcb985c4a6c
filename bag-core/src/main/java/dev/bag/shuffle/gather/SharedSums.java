package dev.bag.shuffle.gather;

import dev.bag.kernel.Operator.Place;
import dev.bag.shuffle.hold.Segment;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.LongSum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables of sums that the parts of a bag share: as many as are worked on at the same time, and not one for each part. A
 * key that occurs in many parts then has few sums to be merged. Only for parts whose records are never given anew,
 * because what one has added cannot be taken out again.
 *
 * <p>Which parts come to the same table depends on threads and time; the result does not. Sums are exact, and each entry
 * has a <em>rank</em>: the part and chunk in which its key came into the table, and when. The least rank of a key, over all
 * tables, says when it was first seen. A table is only taken for a part that comes after those it has had, so what is in
 * it already keeps its rank.
 *
 * <p>Protocol: a table belongs to the sink that has taken it, on one thread at a time, until that gives it back; taking and
 * giving back hold this object's lock.
 */
public final class SharedSums {

    /** The bits of a rank for the entries of a part, and those for chunks and parts together. */
    private static final int ENTRY_BITS = 28;

    private static final int POSITION_BITS = Long.SIZE - 1 - ENTRY_BITS;

    private final SpillArea area;
    private final Targets targets;
    private final LongSum<Object, Object> sum;
    /** Guarded by this, as all that is in them. */
    private final List<SumTable> free = new ArrayList<>();

    /** Tables of {@code sum} for entries that go to {@code targets}. */
    public SharedSums(SpillArea area, Targets targets, LongSum<Object, Object> sum) {
        this.area = area;
        this.targets = targets;
        this.sum = sum;
    }

    RunSpace space() {
        return area.space();
    }

    /** The first rank of the chunk at {@code position} of the part at {@code place}. */
    long rank(Place place, long position) {
        long chunk = (int) position;
        int chunkBits = POSITION_BITS
                - Integer.SIZE
                + Integer.numberOfLeadingZeros(place.numbering().partCount() - 1);
        if (chunk >>> chunkBits != 0) {
            throw new IllegalStateException("too many chunks in one of so many partitions: " + chunk);
        }
        return ((long) place.partition() << chunkBits | chunk) << ENTRY_BITS;
    }

    /** Returns a table for entries from {@code rank} on: the one that is nearest to it, or a new one. */
    synchronized SumTable take(long rank) {
        @Nullable SumTable nearest = null;
        for (SumTable each : free) {
            if (each.lastRank() < rank && (nearest == null || each.lastRank() > nearest.lastRank())) {
                nearest = each;
            }
        }
        SumTable table = nearest == null ? new SumTable(area, targets, sum) : nearest;
        free.remove(table);
        table.beginRanks(rank);
        return table;
    }

    /** Takes back a table. */
    synchronized void giveBack(SumTable table) {
        free.add(table);
    }

    /** Returns what is in the tables, when all parts have been. */
    public synchronized List<Segment> seal() throws Throwable {
        List<Segment> segments = new ArrayList<>(free.size());
        for (SumTable table : free) {
            segments.add(table.seal());
        }
        free.clear();
        return segments;
    }
}
