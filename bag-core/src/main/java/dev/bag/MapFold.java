package dev.bag;

import dev.bag.fold.Fold;
import dev.bag.value.Pair;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entries as a map; each key once. */
record MapFold<K, V>() implements Fold<Pair<K, V>, Map<K, V>, Map<K, V>> {

    @Override
    public Map<K, V> zero() {
        return new LinkedHashMap<>();
    }

    @Override
    public Map<K, V> add(Map<K, V> map, Pair<K, V> entry) {
        put(map, entry.first(), entry.second());
        return map;
    }

    @Override
    public Map<K, V> merge(Map<K, V> left, Map<K, V> right) {
        if (left.isEmpty()) {
            return right;
        }
        right.forEach((key, value) -> put(left, key, value));
        return left;
    }

    @Override
    public Map<K, V> finish(Map<K, V> map) {
        return Collections.unmodifiableMap(map);
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }

    private static <K, V> void put(Map<K, V> map, K key, V value) {
        if (map.put(key, value) != null) {
            throw new IllegalStateException("the key " + Excerpts.of(key)
                    + " occurs more than once: use groupValues() or reduceValues(op) before toMap()");
        }
    }
}
