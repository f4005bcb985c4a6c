package dev.bag.kernel;

import dev.bag.fold.Fold;
import dev.bag.key.KeyTable;
import dev.bag.key.StableHash;
import dev.bag.trait.Copies;
import dev.bag.trait.Traits.RetainsCopies;
import dev.bag.value.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entries as a table of the values of each key, in order: the small side of a join. */
public final class BroadcastFold<K, W> implements Fold<Pair<K, W>, KeyTable, KeyTable>, RetainsCopies {

    private static final long serialVersionUID = 1;

    @Override
    public KeyTable zero() {
        return new KeyTable();
    }

    @Override
    public KeyTable add(KeyTable table, Pair<K, W> entry) {
        values(table, entry.first()).add(Copies.of(entry.second()));
        return table;
    }

    @Override
    public KeyTable merge(KeyTable left, KeyTable right) {
        for (int entry = 0; entry < right.count(); entry++) {
            values(left, right.key(entry)).addAll(list(right.value(entry)));
        }
        return left;
    }

    @Override
    public KeyTable finish(KeyTable table) {
        return table;
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }

    private static List<Object> values(KeyTable table, Object key) {
        int entry = table.find(key);
        if (entry < 0) {
            StableHash.of(key); // refuses one that has only the hash of its identity
            entry = -1 - entry;
            table.set(entry, new ArrayList<Object>());
        }
        return list(table.value(entry));
    }

    @SuppressWarnings("unchecked") // only lists of objects are values here
    private static List<Object> list(@Nullable Object values) {
        return (List<Object>) Objects.requireNonNull(values);
    }
}
