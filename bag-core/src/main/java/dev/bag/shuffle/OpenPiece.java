package dev.bag.shuffle;

import dev.bag.spill.SpillArea;
import java.io.IOException;

/** Entries that others may still join, in memory. */
abstract sealed class OpenPiece implements Piece permits EntryBuffer, PackedBuffer, EntryTable, SumTable {

    private static final int SMALL_COUNT = 1 << 10;
    private static final long SMALL_BYTES = 1L << 17;

    private final SpillArea area;
    private long reserved;

    OpenPiece(SpillArea area) {
        this.area = area;
    }

    final SpillArea area() {
        return area;
    }

    /** How many entries there are. */
    abstract int count();

    /** About how many bytes they take. */
    abstract long bytes();

    /** How many of those have been counted. */
    final long reserved() {
        return reserved;
    }

    /** Counts the memory that has come since the last time. */
    final void reserve() throws IOException {
        long more = bytes() - reserved;
        reserved += more;
        area.space().reserve(more);
    }

    /** Whether what comes right behind is of the same kind. */
    abstract boolean isLike(OpenPiece right);

    /** Adds what comes right behind, which is given up. */
    final void absorb(OpenPiece right) throws Throwable {
        add(right);
        reserved += right.reserved;
    }

    /** Adds the entries of one that {@linkplain #isLike is like} this. */
    abstract void add(OpenPiece right) throws Throwable;

    @Override
    public final void drop() {
        area.space().release(reserved);
    }

    /** Whether it shows in the last bits of a result which pieces became one, so that it must not depend on the memory. */
    boolean absorbingShows() {
        return false;
    }

    /** Whether both together are small enough to become one. */
    final boolean canAbsorb(OpenPiece right) {
        return isLike(right) && areSmall(count() + right.count(), bytes() + right.bytes());
    }

    /** This, or, if it is too large to become one with any other, the segment it becomes: only that can be spilled. */
    final Piece openIfSmall() throws Throwable {
        return areSmall(count(), bytes()) ? this : seal();
    }

    private boolean areSmall(int count, long bytes) {
        long most = absorbingShows()
                ? SMALL_BYTES
                : Math.min(SMALL_BYTES, area.space().taskShare());
        return count <= SMALL_COUNT && bytes <= most;
    }
}
