package dev.bag.shuffle;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.kernel.KeyTable;
import dev.bag.kernel.Keys;
import dev.bag.kernel.Place;
import dev.bag.spill.SpillArea;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds the records of each key: the map side of a shuffle that combines. When the table has grown to its share of the
 * memory it is sealed, and a fresh one begun. For folds that merge exactly the share is that of a task; for others it is
 * the same on every machine, because where the records are cut shows in the last bits of the result.
 */
public final class TableSink implements PieceSink {

    /** The share of a table whose fold does not merge exactly. */
    static final long FIXED_SHARE = 4L << 20;

    private static final int SOONEST_LOOK = 16;
    private static final int LATEST_LOOK = 1 << 12;

    private final Place place;
    private final CheckedFunction<Object, ?> key;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final SpillArea area;
    private final Targets targets;
    private final Gathering gathering;
    private final List<Piece> pieces = new ArrayList<>(1);

    private final KeyCheck keyCheck = new KeyCheck();
    private EntryTable open;
    private KeyTable table;
    private int untilLook = SOONEST_LOOK;
    private int lookEvery = SOONEST_LOOK;
    private long bytesAtLook;

    /** A sink for one part of the bag. */
    public TableSink(
            Place place,
            CheckedFunction<Object, ?> key,
            Fold<Object, @Nullable Object, ?> fold,
            SpillArea area,
            Targets targets) {
        this.place = place;
        this.key = key;
        this.fold = fold;
        this.area = area;
        this.targets = targets;
        this.gathering = new Gathering(area.space());
        this.open = new EntryTable(place.operator(), area, targets, fold);
        this.table = open.table();
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            int entry = add(record);
            if (--untilLook == 0) {
                look(entry);
            }
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
    }

    private int add(Object record) throws Throwable {
        Object of = Keys.notNull(key.applyChecked(record));
        int entry = table.find(of);
        if (entry < 0) {
            keyCheck.check(of);
            entry = -1 - entry;
            table.set(entry, fold.zero());
        }
        table.set(entry, fold.add(table.value(entry), record));
        return entry;
    }

    /** Estimates the size; soon again if the table grows fast. */
    private void look(int lastEntry) throws Throwable {
        open.look(lastEntry);
        long bytes = open.bytes();
        long share = fold.mergesExactly() ? gathering.share() : FIXED_SHARE;
        if (bytes >= share) {
            EntryTable full = open;
            begin();
            pieces.add(full.seal());
            bytes = 0;
        } else if (bytes - open.reserved() > share / 16) {
            open.reserve();
        }
        long growth = Math.max(1, (bytes - bytesAtLook) / lookEvery);
        lookEvery = (int) Math.max(SOONEST_LOOK, Math.min(LATEST_LOOK, share / 16 / growth));
        untilLook = lookEvery;
        bytesAtLook = bytes;
    }

    private void begin() {
        open = new EntryTable(place.operator(), area, targets, fold);
        table = open.table();
    }

    @Override
    public void discard() {
        gathering.end();
        Pieces.drop(pieces);
        open.drop();
    }

    @Override
    public Pieces pieces() throws Throwable {
        if (table.count() > 0) {
            EntryTable last = open;
            last.look(0);
            begin();
            pieces.add(last.openIfSmall());
        }
        gathering.end();
        return new Pieces(pieces);
    }
}
