package dev.bag.shuffle.reduce;

import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a target that does not fit into the memory there is: its entries are divided on disk by another hash, as often
 * as it takes for each part to fit, each part is reduced by itself, and the results are merged in the order in which their
 * keys were first seen. A hash that has most of a part, as that of one very frequent key, gets a part for itself. A
 * part whose entries all have the same hash cannot be divided. The {@link Reducer} decides what becomes of it.
 */
final class OversizedTarget {

    private static final int DEEPEST = 8;

    private final Reducer reducer;
    private final RunSpace space;
    private final ReduceSpace work;

    OversizedTarget(Reducer reducer, SpillArea area) {
        this.reducer = reducer;
        this.space = area.space();
        this.work = new ReduceSpace(reducer, area);
    }

    /** The keys of {@code entries}, which are tagged in their order. */
    EntryCursor reduce(EntryCursor entries) throws Throwable {
        try {
            EntryCursor all = divide(entries, 0, null);
            return new EntryCursor() {
                @Override
                public boolean next() throws IOException {
                    boolean more = all.next();
                    setTo(all);
                    return more;
                }

                @Override
                public void close() throws IOException {
                    try (work) {
                        all.close();
                    }
                }
            };
        } catch (Throwable e) {
            work.close();
            throw e;
        }
    }

    private EntryCursor divide(EntryCursor entries, int depth, @Nullable Integer frequent) throws Throwable {
        Division division = new Division(work.area(), depth, frequent);
        try (entries) {
            while (entries.next()) {
                division.add(entries);
            }
        } finally {
            space.release(entries.takenBytes());
        }
        Segments divided = division.seal();
        List<EntryCursor> parts = new ArrayList<>();
        int nonEmpty = division.nonEmpty();
        for (int part = 0; part < Division.PARTS; part++) {
            if (division.stats(part).count() > 0) {
                EntryCursor reduced = reducePart(divided, part, division.stats(part), depth);
                parts.add(nonEmpty == 1 ? reduced : work.onDisk(reduced));
            }
        }
        return parts.size() == 1 ? parts.get(0) : RankMerge.of(parts);
    }

    private EntryCursor reducePart(Segments divided, int part, PartStats stats, int depth) throws Throwable {
        long reserved = Reducer.tryReserve(space, () -> Reducer.needed(List.of(divided), part));
        if (reserved >= 0) {
            return TableCursor.of(reducer.newTable(), divided.open(part, Reading.TAKE), space, reserved);
        }
        if (stats.isOneHash() || depth == DEEPEST) {
            return reducer.oversized(divided, part, work);
        }
        return divide(divided.open(part, Reading.TAKE), depth + 1, stats.frequent());
    }

    /** Which of so many parts a hash belongs to; another one at each depth. */
    static int part(int hash, int depth, int parts) {
        int bits = (hash + depth * 0x9E3779B9) * 0x2C1B3C6D;
        bits ^= bits >>> 15;
        bits *= 0x297A2D39;
        bits ^= bits >>> 16;
        return Math.floorMod(bits, parts);
    }
}
