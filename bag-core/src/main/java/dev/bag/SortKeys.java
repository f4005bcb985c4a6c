package dev.bag;

import dev.bag.function.CheckedFunction;
import dev.bag.plan.Auxiliary;
import dev.bag.value.Pair;

/** What {@code sortBy} does before and after its sort: each record goes through it beside its key. */
final class SortKeys {

    private SortKeys() {}

    /** A record behind its key. */
    record Added<T, K>(CheckedFunction<? super T, ? extends K> f) implements CheckedFunction<T, Pair<K, T>>, Auxiliary {

        @Override
        public Pair<K, T> applyChecked(T record) throws Throwable {
            return new Pair<>(Keying.key(f, record), record);
        }

        @Override
        public boolean comesFirst() {
            return true;
        }
    }

    /** The record without the key. */
    record Removed<K, T>() implements CheckedFunction<Pair<K, T>, T>, Auxiliary {

        @Override
        public T applyChecked(Pair<K, T> keyed) {
            return keyed.second();
        }

        @Override
        public boolean comesFirst() {
            return false;
        }
    }
}
