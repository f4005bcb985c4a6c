package dev.bag.shuffle;

import dev.bag.spill.RunSpace;
import java.io.IOException;

/** Entries that others may still join, in memory. */
public abstract sealed class OpenPiece implements Piece permits EntryBuffer, PackedBuffer, EntryTable, CountTable {

    private static final int SMALL_COUNT = 1 << 10;
    private static final long SMALL_BYTES = 1L << 17;

    /** How many entries there are. */
    abstract int count();

    /** About how many bytes they take. */
    abstract long bytes();

    /** How many of those have been counted. */
    abstract long reserved();

    /** Counts the memory that has come since the last time. */
    abstract void reserve() throws IOException;

    abstract RunSpace space();

    /** Whether what comes right behind is of the same kind. */
    abstract boolean isLike(OpenPiece right);

    /** Adds what comes right behind, which is given up. */
    abstract void absorb(OpenPiece right) throws Throwable;

    @Override
    public final void drop() {
        space().release(reserved());
    }

    /** Whether both together are small enough to become one. */
    final boolean canAbsorb(OpenPiece right) {
        return isLike(right)
                && count() + right.count() <= SMALL_COUNT
                && bytes() + right.bytes() <= Math.min(SMALL_BYTES, space().taskShare());
    }
}
