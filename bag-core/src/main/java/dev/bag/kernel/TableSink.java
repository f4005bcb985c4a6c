package dev.bag.kernel;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import org.jspecify.annotations.Nullable;

/** Folds the records of each key: the map side of a shuffle. */
public final class TableSink implements Sink {

    private final Place place;
    private final CheckedFunction<Object, ?> key;
    private final Fold<Object, @Nullable Object, ?> fold;
    private final KeyTable table = new KeyTable();

    /** A table of one part of the bag. */
    public TableSink(Place place, CheckedFunction<Object, ?> key, Fold<Object, @Nullable Object, ?> fold) {
        this.place = place;
        this.key = key;
        this.fold = fold;
    }

    @Override
    public void accept(Object record) throws Throwable {
        try {
            add(record);
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
    }

    private void add(Object record) throws Throwable {
        int entry = table.find(Keys.notNull(key.applyChecked(record)));
        if (entry < 0) {
            entry = -1 - entry;
            table.set(entry, fold.zero());
        }
        table.set(entry, fold.add(table.value(entry), record));
    }

    /** The part of the bag whose records come here. */
    public int partition() {
        return place.partition();
    }

    /** The keys so far. */
    public KeyTable table() {
        return table;
    }
}
