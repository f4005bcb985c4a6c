package dev.bag.shuffle;

import dev.bag.spill.FrameReader;
import dev.bag.spill.FrameWriter;
import dev.bag.spill.RunSpace;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reduce side of a shuffle: makes a record of each key of a target, in the order in which the keys were first seen,
 * when the target is read.
 */
public abstract class Reducer {

    /** What an entry and its place in a table take beyond key and value. */
    static final int OVERHEAD = 40;

    private final RunSpace space;
    private final List<Segments> sides;
    private final Reading reading;

    /** A reducer of the shuffles of one or two bags. */
    Reducer(RunSpace space, List<Segments> sides, Reading reading) {
        this.space = space;
        this.sides = sides;
        this.reading = reading;
    }

    /** An empty table of keys. */
    abstract ReduceTable newTable();

    /** The record of a key and what was reduced of its values. */
    abstract Object record(Object key, @Nullable Object reduced) throws Throwable;

    /** Writes what was reduced, in as many entries as it takes: a group may have more bytes than one can have. */
    abstract void write(@Nullable Object reduced, FrameWriter out, List<Object> onDisk) throws IOException;

    /** Reads what was reduced. */
    abstract @Nullable Object read(FrameReader in, List<Object> onDisk) throws IOException;

    /** The keys of entries that all have the same hash and do not fit into memory. */
    abstract Reduced oversized(Segments entries, int target, ReduceSpace work) throws Throwable;

    /** The records of {@code target}. */
    public ReducedChunk open(int target) throws Throwable {
        return new ReducedChunk(this, reduce(target));
    }

    private Reduced reduce(int target) throws Throwable {
        long needed = reserved(target);
        Entries entries = new SidesInTurn(sides, target, reading);
        return needed < 0
                ? new OversizedTarget(this, space).reduce(entries)
                : TableReduced.of(newTable(), entries, space, needed);
    }

    /**
     * Counts what reading {@code target} takes; negative if there is not so much. What is spilled to make room may be of
     * this target itself, which makes the need larger: then it is counted anew.
     */
    private long reserved(int target) throws IOException {
        long needed = needed(target);
        while (space.tryReserve(needed)) {
            long now = needed(target);
            if (now <= needed) {
                return needed;
            }
            space.release(needed);
            needed = now;
        }
        return -1;
    }

    private long needed(int target) {
        long needed = 0;
        for (Segments side : sides) {
            needed += side.bytesToRead(target) + side.count(target) * OVERHEAD;
        }
        return needed;
    }
}
