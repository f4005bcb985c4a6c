package dev.bag.plan;

import dev.bag.plan.Shuffled.Routing;
import dev.bag.trait.Expander;
import dev.bag.trait.Traits.KeepsKeys;
import dev.bag.value.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For each key of either bag and its values on both sides, in input order, all that the expander gives out; spread as by
 * {@link FoldedByKey}, the keys of the left bag first.
 *
 * @param expander makes records of a key and its values on both sides; null where they are the record
 */
public record Cogrouped<K, V, W, R>(
        Plan<Pair<K, V>> left,
        Plan<Pair<K, W>> right,
        @Nullable Expander<? super Pair<K, Pair<List<V>, List<W>>>, R> expander,
        int partitionCount,
        Routing leftRouting,
        Routing rightRouting,
        String operator)
        implements Shuffled<R> {

    /** Checks that the entries can be in place. */
    public Cogrouped {
        leftRouting.check(left, partitionCount, operator);
        rightRouting.check(right, partitionCount, operator);
    }

    /** Both bags by key, in as many partitions as the one with more of them would make. */
    public static <K, V, W> Cogrouped<K, V, W, Pair<K, Pair<List<V>, List<W>>>> of(
            Plan<Pair<K, V>> left, Plan<Pair<K, W>> right, String operator) {
        return anywhere(left, right, null, operator);
    }

    /** What {@code expander} makes of both bags by key, in as many partitions as {@link #of(Plan, Plan, String)}. */
    public static <K, V, W, R> Cogrouped<K, V, W, R> of(
            Plan<Pair<K, V>> left,
            Plan<Pair<K, W>> right,
            Expander<? super Pair<K, Pair<List<V>, List<W>>>, R> expander,
            String operator) {
        return anywhere(left, right, expander, operator);
    }

    private static <K, V, W, R> Cogrouped<K, V, W, R> anywhere(
            Plan<Pair<K, V>> left,
            Plan<Pair<K, W>> right,
            @Nullable Expander<? super Pair<K, Pair<List<V>, List<W>>>, R> expander,
            String operator) {
        int count = Math.max(Shuffled.partitionsFor(left), Shuffled.partitionsFor(right));
        return new Cogrouped<>(left, right, expander, count, Routing.BY_HASH, Routing.BY_HASH, operator);
    }

    /** The same with another left bag of the same entries, which lie where {@code routing} says. */
    public Cogrouped<K, V, W, R> leftRouted(Plan<Pair<K, V>> newLeft, Routing routing) {
        return new Cogrouped<>(newLeft, right, expander, partitionCount, routing, rightRouting, operator);
    }

    /** The same with another right bag of the same entries, which lie where {@code routing} says. */
    public Cogrouped<K, V, W, R> rightRouted(Plan<Pair<K, W>> newRight, Routing routing) {
        return new Cogrouped<>(left, newRight, expander, partitionCount, leftRouting, routing, operator);
    }

    @Override
    public List<Node> inputs() {
        return List.of(left, right);
    }

    @Override
    public Cogrouped<K, V, W, R> withInputs(List<? extends Node> inputs) {
        return new Cogrouped<>(
                Inputs.plan(inputs, 0),
                Inputs.plan(inputs, 1),
                expander,
                partitionCount,
                leftRouting,
                rightRouting,
                operator);
    }

    @Override
    public boolean placesByKey() {
        return expander == null || expander instanceof KeepsKeys;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.cogrouped(this);
    }
}
