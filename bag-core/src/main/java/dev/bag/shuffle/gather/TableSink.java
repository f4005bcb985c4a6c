package dev.bag.shuffle.gather;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.kernel.Operator.Place;
import dev.bag.key.KeyTable;
import dev.bag.key.Keys;
import dev.bag.spill.SpillArea;
import dev.bag.trait.Traits.Retaining;
import dev.bag.trait.Traits.Retaining.Retained;
import org.jspecify.annotations.Nullable;

/**
 * Folds the records of each key: the map side of a shuffle that combines. For folds that merge exactly a table may have
 * the share of a task; for others it has the same on every machine, because where the records are cut shows in the last
 * bits of the result.
 */
public final class TableSink extends GatheringSink {

    /** The share of a table whose fold does not merge exactly. */
    static final long FIXED_SHARE = 4L << 20;

    private static final int SOONEST_LOOK = 16;
    private static final int LATEST_LOOK = 1 << 12;

    private final CheckedFunction<Object, ?> key;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final Retained retained;
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
        this(place, key, fold, new EntryTable(place.operator(), area, targets, fold));
    }

    private TableSink(
            Place place, CheckedFunction<Object, ?> key, Fold<Object, @Nullable Object, ?> fold, EntryTable first) {
        super(place, first);
        this.key = key;
        this.fold = fold;
        this.retained = Retaining.by(fold);
        this.open = first;
        this.table = first.table();
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            Object of = Keys.notNull(key.applyChecked(record));
            if (retention().isOfViews()) {
                retention().mayKeep(of);
                retention().mayKeep(record, retained);
            }
            int entry = table.find(of);
            if (entry < 0) {
                keyCheck.check(of);
                entry = -1 - entry;
                table.set(entry, fold.zero());
            }
            table.set(entry, fold.add(table.value(entry), record));
            if (--untilLook == 0) {
                look(entry);
            }
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
    }

    /** Estimates the size; soon again if the table grows fast. */
    private void look(int lastEntry) throws Throwable {
        open.look(lastEntry);
        open.addBuffers(bytesKept());
        long ofTask = share();
        long share = fold.mergesExactly() ? ofTask : FIXED_SHARE;
        long bytes = open.bytes();
        if (bytes >= share || bytes - open.reserved() > share / 16) {
            bytes = look(share) ? 0 : bytes;
        }
        long growth = Math.max(1, (bytes - bytesAtLook) / lookEvery);
        lookEvery = (int) Math.max(SOONEST_LOOK, Math.min(LATEST_LOOK, share / 16 / growth));
        untilLook = lookEvery;
        bytesAtLook = bytes;
    }

    @Override
    void begin(OpenBuffer next) {
        open = (EntryTable) next;
        table = open.table();
    }
}
