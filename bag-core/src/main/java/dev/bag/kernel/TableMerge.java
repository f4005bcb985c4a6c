package dev.bag.kernel;

import dev.bag.fold.Fold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reduce side of a shuffle: one target's share of all tables, merged in the order of the tables. */
public final class TableMerge {

    private TableMerge() {}

    /** Makes an output record of a key and the result for it. */
    @FunctionalInterface
    public interface Result {

        /** The record for {@code key}. */
        Object of(Object key, @Nullable Object accumulator) throws Throwable;
    }

    /** Adds the keys of {@code right}, which is not split yet, to {@code left}. */
    public static void absorb(KeyTable left, KeyTable right, Fold<Object, @Nullable Object, ?> fold) {
        for (int from = 0; from < right.count(); from++) {
            add(left, right.key(from), right.value(from), fold);
        }
    }

    private static void add(
            KeyTable merged, Object key, @Nullable Object value, Fold<Object, @Nullable Object, ?> fold) {
        int entry = merged.find(key);
        if (entry < 0) {
            merged.set(-1 - entry, value);
        } else {
            merged.set(entry, fold.merge(merged.value(entry), value));
        }
    }

    /** The records of {@code target}, by key in the order in which the keys were first seen. */
    public static Object[] merge(
            List<KeyTable> tables, int target, Fold<Object, @Nullable Object, ?> fold, Result result) throws Throwable {
        KeyTable merged = new KeyTable();
        for (KeyTable table : tables) {
            for (int at = table.targetStart(target); at < table.targetStart(target + 1); at++) {
                int from = table.entryAt(at);
                add(merged, table.key(from), table.value(from), fold);
            }
        }
        Object[] records = new Object[merged.count()];
        for (int entry = 0; entry < records.length; entry++) {
            records[entry] = result.of(merged.key(entry), merged.value(entry));
        }
        return records;
    }
}
