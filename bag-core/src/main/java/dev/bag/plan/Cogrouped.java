package dev.bag.plan;

import dev.bag.value.Pair;
import java.util.List;

/**
 * For each key of either bag its values on both sides, in input order; spread as by {@link FoldedByKey}, the keys of the
 * left bag first.
 */
public record Cogrouped<K, V, W>(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right, int partitionCount, String operator)
        implements Binary<Pair<K, V>, Pair<K, W>, Pair<K, Pair<List<V>, List<W>>>> {

    /** Both bags by key, in as many partitions as the one with more of them would make. */
    public static <K, V, W> Cogrouped<K, V, W> of(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right, String operator) {
        int count = Math.max(Shuffled.partitionsFor(left), Shuffled.partitionsFor(right));
        return new Cogrouped<>(left, right, count, operator);
    }

    @Override
    public Plan<Pair<K, Pair<List<V>, List<W>>>> withInputs(Plan<Pair<K, V>> newLeft, Plan<Pair<K, W>> newRight) {
        return new Cogrouped<>(newLeft, newRight, partitionCount, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.cogrouped(this);
    }
}
