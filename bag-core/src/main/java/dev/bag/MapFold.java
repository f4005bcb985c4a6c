package dev.bag;

import dev.bag.fold.Fold;
import dev.bag.text.Digits;
import dev.bag.trait.Copies;
import dev.bag.trait.Traits.PartitionNumbered;
import dev.bag.trait.Traits.RetainsCopies;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entries as a map; each key once. */
record MapFold<K, V>()
        implements Fold<Pair<K, V>, MapFold.Entries<K, V>, Map<K, V>>,
                PartitionNumbered<MapFold.Entries<K, V>>,
                RetainsCopies {

    /**
     * The entries of neighbouring partitions. A key that occurs twice is looked for among them in their order, which tells
     * its partition; so nothing is kept for each entry.
     */
    static final class Entries<K, V> implements Serializable {

        private static final long serialVersionUID = 1;

        /** Where the entries of a partition begin. */
        private record Start(int partition, int entriesBefore) implements Serializable {}

        private final LinkedHashMap<K, V> map = new LinkedHashMap<>();
        private final ArrayList<Start> starts = new ArrayList<>();

        Entries(int partition) {
            starts.add(new Start(partition, 0));
        }

        void add(K key, V value) {
            if (map.put(key, value) != null) {
                throw twice(key, starts.get(starts.size() - 1).partition());
            }
        }

        void addAll(Entries<K, V> later) {
            int before = map.size();
            later.map.forEach((key, value) -> {
                if (map.put(key, value) != null) {
                    throw twice(key, later.partitionOf(key));
                }
            });
            for (Start start : later.starts) {
                starts.add(new Start(start.partition(), before + start.entriesBefore()));
            }
        }

        private IllegalStateException twice(K key, int laterPartition) {
            int partition = partitionOf(key);
            String where = partition == laterPartition
                    ? "twice in partition " + Digits.grouped(partition + 1L)
                    : "in partition " + Digits.grouped(partition + 1L) + " and again in partition "
                            + Digits.grouped(laterPartition + 1L);
            return new IllegalStateException("the key " + Excerpts.of(key) + " occurs " + where
                    + ": use groupValues() or reduceValues(op) before toMap()");
        }

        /** Walks over all entries, which only a failing run does. */
        private int partitionOf(K key) {
            int index = List.copyOf(map.keySet()).indexOf(key);
            int partition = starts.get(0).partition();
            for (Start start : starts) {
                partition = start.entriesBefore() <= index ? start.partition() : partition;
            }
            return partition;
        }
    }

    /** The whole bag as one partition. */
    @Override
    public Entries<K, V> zero() {
        return zero(0);
    }

    @Override
    public Entries<K, V> zero(int partition) {
        return new Entries<>(partition);
    }

    @Override
    public Entries<K, V> add(Entries<K, V> entries, Pair<K, V> entry) {
        entries.add(Copies.of(entry.first()), Copies.of(entry.second()));
        return entries;
    }

    @Override
    public Entries<K, V> merge(Entries<K, V> left, Entries<K, V> right) {
        if (left.map.isEmpty()) {
            return right;
        }
        if (!right.map.isEmpty()) {
            left.addAll(right);
        }
        return left;
    }

    @Override
    public Map<K, V> finish(Entries<K, V> entries) {
        return Collections.unmodifiableMap(entries.map);
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
