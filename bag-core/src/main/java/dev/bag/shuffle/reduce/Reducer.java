package dev.bag.shuffle.reduce;

import dev.bag.shuffle.hold.CursorChunk;
import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.ListOnDisk;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.FrameReader;
import dev.bag.spill.FrameWriter;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reduce side of a shuffle: makes a record of each key of a target, in the order in which the keys were first seen,
 * when the target is read.
 */
public abstract class Reducer {

    /** What an entry and its place in a table take beyond key and value. */
    static final int OVERHEAD = 56;

    private final SpillArea area;
    private final RunSpace space;
    private final List<Segments> sides;
    private final Reading reading;

    /** A reducer of the shuffles of one or two bags, what of which was spilled is in {@code area}. */
    Reducer(SpillArea area, List<Segments> sides, Reading reading) {
        this.area = area;
        this.space = area.space();
        this.sides = sides;
        this.reading = reading;
    }

    /** An empty table of keys. */
    abstract ReduceTable newTable();

    /** The record of a key and what was reduced of its values. */
    abstract Object record(Object key, @Nullable Object reduced) throws Throwable;

    /** Writes what was reduced, in as many entries as it takes: a group may have more bytes than one can have. */
    abstract void write(@Nullable Object reduced, FrameWriter out, List<ListOnDisk> onDisk) throws IOException;

    /** Reads what was reduced. */
    abstract @Nullable Object read(FrameReader in, List<ListOnDisk> onDisk) throws IOException;

    /** The keys of entries that all have the same hash and do not fit into memory. */
    abstract EntryCursor oversized(Segments entries, int target, ReduceSpace work) throws Throwable;

    /** The records of {@code target}. */
    public CursorChunk open(int target) throws Throwable {
        return CursorChunk.of(reduce(target), space, entry -> record(entry.key(), entry.value()));
    }

    private EntryCursor reduce(int target) throws Throwable {
        long reserved = tryReserve(space, () -> needed(sides, target));
        EntryCursor entries = sides.size() == 1 && sides.get(0).areTagged()
                ? sides.get(0).open(target, reading)
                : new SidesInTurn(sides, target, reading);
        return reserved >= 0
                ? TableCursor.of(newTable(), entries, space, reserved)
                : new OversizedTarget(this, area).reduce(entries);
    }

    /** About how much memory a table of {@code target} takes beyond what is counted already. */
    static long needed(List<Segments> sides, int target) {
        long needed = 0;
        for (Segments side : sides) {
            needed += side.bytesToRead(target) + side.count(target) * OVERHEAD;
        }
        return needed;
    }

    /**
     * Counts what {@code needed} says, and returns how much that is, or -1 when there is not so much. To make room, just
     * those entries may be spilled that are about to be read, and then more is needed than before; so it is asked again.
     */
    static long tryReserve(RunSpace space, LongSupplier needed) throws IOException {
        long reserved = 0;
        for (long all = needed.getAsLong(); all > reserved; all = needed.getAsLong()) {
            if (!space.tryReserve(all - reserved)) {
                space.release(reserved);
                return -1;
            }
            reserved = all;
        }
        return reserved;
    }
}
