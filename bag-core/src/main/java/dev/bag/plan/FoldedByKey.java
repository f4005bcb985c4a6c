package dev.bag.plan;

import dev.bag.fold.Fold;
import dev.bag.function.CheckedFunction;
import dev.bag.plan.Shuffled.Routing;
import dev.bag.value.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For each key the fold of the records that have it; keys spread over partitions by their stable hash, in the order in which they were first seen. */
public record FoldedByKey<T, K, A extends @Nullable Object, R>(
        Plan<T> input,
        CheckedFunction<? super T, ? extends K> key,
        Fold<? super T, A, ? extends R> fold,
        int partitionCount,
        Routing routing,
        String operator)
        implements Shuffled<Pair<K, R>> {

    /** Checks that the records can be in place. */
    public FoldedByKey {
        routing.check(input, partitionCount, operator);
    }

    /** Of records that lie anywhere. */
    public FoldedByKey(
            Plan<T> input,
            CheckedFunction<? super T, ? extends K> key,
            Fold<? super T, A, ? extends R> fold,
            int partitionCount,
            String operator) {
        this(input, key, fold, partitionCount, Routing.BY_HASH, operator);
    }

    /** The same over another bag of the same records, which lie where {@code newRouting} says. */
    public FoldedByKey<T, K, A, R> routed(Plan<T> newInput, Routing newRouting) {
        return new FoldedByKey<>(newInput, key, fold, partitionCount, newRouting, operator);
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public FoldedByKey<T, K, A, R> withInputs(List<? extends Node> inputs) {
        return routed(Inputs.plan(inputs, 0), routing);
    }

    @Override
    public boolean placesByKey() {
        return true;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.foldedByKey(this);
    }
}
