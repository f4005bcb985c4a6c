package dev.bag.key;

import dev.bag.trait.Traits.KeyOrder;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.Comparator;

/** Entries in the order of their keys. */
public class EntryOrder<K> implements Comparator<Pair<? extends K, ?>>, Serializable {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // serializable if the user's comparator is
    private final Comparator<? super K> keys;

    private EntryOrder(Comparator<? super K> keys) {
        this.keys = keys;
    }

    /** The order of entries that have their keys in the order of {@code keys}, and the trait that {@code keys} has. */
    public static <K> EntryOrder<K> by(Comparator<? super K> keys) {
        return keys instanceof KeyOrder known ? new Natural<>(keys, known) : new EntryOrder<>(keys);
    }

    @Override
    public int compare(Pair<? extends K, ?> left, Pair<? extends K, ?> right) {
        return keys.compare(left.first(), right.first());
    }

    private static final class Natural<K> extends EntryOrder<K> implements KeyOrder {

        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // the comparator, too
        private final KeyOrder known;

        Natural(Comparator<? super K> keys, KeyOrder known) {
            super(keys);
            this.known = known;
        }

        @Override
        public Object keyOf(Object entry) {
            return known.keyOf(((Pair<?, ?>) entry).first());
        }

        @Override
        public int compareKeys(Object left, Object right) {
            return known.compareKeys(left, right);
        }
    }
}
