package dev.bag.plan;

import dev.bag.value.Pair;
import java.util.List;

/**
 * For each key of either bag its values on both sides, in input order; spread as by {@link FoldedByKey}, the keys of the
 * left bag first.
 */
public record Cogrouped<K, V, W>(
        Plan<Pair<K, V>> left,
        Plan<Pair<K, W>> right,
        int partitionCount,
        Routing leftRouting,
        Routing rightRouting,
        String operator)
        implements Binary<Pair<K, V>, Pair<K, W>, Pair<K, Pair<List<V>, List<W>>>> {

    /** Checks that the entries can be in place. */
    public Cogrouped {
        leftRouting.check(left, partitionCount, operator);
        rightRouting.check(right, partitionCount, operator);
    }

    /** Both bags by key, in as many partitions as the one with more of them would make. */
    public static <K, V, W> Cogrouped<K, V, W> of(Plan<Pair<K, V>> left, Plan<Pair<K, W>> right, String operator) {
        int count = Math.max(Shuffled.partitionsFor(left), Shuffled.partitionsFor(right));
        return new Cogrouped<>(left, right, count, Routing.BY_HASH, Routing.BY_HASH, operator);
    }

    @Override
    public Plan<Pair<K, Pair<List<V>, List<W>>>> withInputs(Plan<Pair<K, V>> newLeft, Plan<Pair<K, W>> newRight) {
        return new Cogrouped<>(newLeft, newRight, partitionCount, leftRouting, rightRouting, operator);
    }

    /** The same with another left bag of the same entries, which lie where {@code routing} says. */
    public Cogrouped<K, V, W> leftRouted(Plan<Pair<K, V>> newLeft, Routing routing) {
        return new Cogrouped<>(newLeft, right, partitionCount, routing, rightRouting, operator);
    }

    /** The same with another right bag of the same entries, which lie where {@code routing} says. */
    public Cogrouped<K, V, W> rightRouted(Plan<Pair<K, W>> newRight, Routing routing) {
        return new Cogrouped<>(left, newRight, partitionCount, leftRouting, routing, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.cogrouped(this);
    }
}
