package dev.bag.trait;

import dev.bag.function.CheckedFunction;
import dev.bag.value.Pair;

/** The key of an entry: a class of its own, so that rules know that two shuffles are by the same key. */
public record EntryKey<K, V>() implements CheckedFunction<Pair<K, V>, K> {

    @Override
    public K applyChecked(Pair<K, V> entry) {
        return entry.first();
    }
}
