package dev.bag.shuffle.gather;

import dev.bag.shuffle.hold.Sealable;
import dev.bag.shuffle.hold.Segment;
import dev.bag.spill.SpillArea;
import java.io.IOException;

/**
 * Entries in memory that others may still join. An open buffer cannot be spilled, because it changes: it is bounded by the
 * share of a task, and counts its memory as it grows. Sealed, it is a {@link Segment}.
 */
public abstract class OpenBuffer implements Sealable {

    private static final int SMALL_COUNT = 1 << 10;
    private static final long SMALL_BYTES = 1L << 17;

    private final SpillArea area;
    private long reserved;

    OpenBuffer(SpillArea area) {
        this.area = area;
    }

    /** Where it is spilled to once it is sealed. */
    final SpillArea area() {
        return area;
    }

    /** Another one for entries of the same kind. */
    abstract OpenBuffer fresh();

    /** The one to which entries are added when this is sealed. */
    OpenBuffer next() {
        return fresh();
    }

    /** How many entries there are. */
    abstract int count();

    /** About how many bytes they take. */
    public abstract long bytes();

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
    abstract boolean isLike(OpenBuffer right);

    /** Adds what comes right behind, which is given up. */
    final void absorb(OpenBuffer right) throws Throwable {
        add(right);
        reserved += right.reserved;
    }

    /** Adds the entries of one that {@linkplain #isLike is like} this. */
    abstract void add(OpenBuffer right) throws Throwable;

    @Override
    public final void drop() {
        area.space().release(reserved);
    }

    /** Whether it shows in the last bits of a result which pieces became one, so that it must not depend on the memory. */
    boolean absorbingShows() {
        return false;
    }

    /** Whether both together are small enough to become one. */
    final boolean canAbsorb(OpenBuffer right) {
        return isLike(right) && areSmall(count() + right.count(), bytes() + right.bytes());
    }

    /**
     * What this is when no more records come: itself, or, if it is too large to become one with any other, the segment it
     * becomes. Only that can be spilled.
     */
    Sealable ended() throws Throwable {
        return areSmall(count(), bytes()) ? this : seal();
    }

    private boolean areSmall(int count, long bytes) {
        long most = absorbingShows()
                ? SMALL_BYTES
                : Math.min(SMALL_BYTES, area.space().taskShare());
        return count <= SMALL_COUNT && bytes <= most;
    }
}
