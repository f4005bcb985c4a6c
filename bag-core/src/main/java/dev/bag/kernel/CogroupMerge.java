package dev.bag.kernel;

import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reduce side of a cogroup: one target's share of the tables of both sides. Changes none of them. */
public final class CogroupMerge {

    private CogroupMerge() {}

    private record Sides(List<Object> left, List<Object> right) {}

    /** For each key a pair of it and its values on both sides; the keys of the left side first, each when first seen. */
    public static Object[] merge(List<KeyTable> left, List<KeyTable> right, int target) {
        KeyTable merged = new KeyTable();
        for (KeyTable table : left) {
            for (int at = table.targetStart(target); at < table.targetStart(target + 1); at++) {
                int from = table.entryAt(at);
                sides(merged, table.key(from)).left().addAll(ValuesFold.list(table.value(from)));
            }
        }
        for (KeyTable table : right) {
            for (int at = table.targetStart(target); at < table.targetStart(target + 1); at++) {
                int from = table.entryAt(at);
                sides(merged, table.key(from)).right().addAll(ValuesFold.list(table.value(from)));
            }
        }
        return records(merged);
    }

    private static Sides sides(KeyTable merged, Object key) {
        int entry = merged.find(key);
        if (entry < 0) {
            merged.set(-1 - entry, new Sides(new ArrayList<>(), new ArrayList<>()));
            entry = -1 - entry;
        }
        return sides(merged.value(entry));
    }

    private static Sides sides(@Nullable Object value) {
        if (value instanceof Sides sides) {
            return sides;
        }
        throw new IllegalStateException("a key without values");
    }

    private static Object[] records(KeyTable merged) {
        Object[] records = new Object[merged.count()];
        for (int entry = 0; entry < records.length; entry++) {
            Sides sides = sides(merged.value(entry));
            records[entry] = new Pair<>(
                    merged.key(entry),
                    new Pair<>(
                            Collections.unmodifiableList(sides.left()), Collections.unmodifiableList(sides.right())));
        }
        return records;
    }
}
