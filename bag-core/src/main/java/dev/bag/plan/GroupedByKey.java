package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import dev.bag.plan.Shuffled.Routing;
import dev.bag.value.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For each key and the values of the records that have it, in input order, what the result function returns; spread as by
 * {@link FoldedByKey}.
 *
 * @param result makes a record of a key and its values; null where they are the record
 */
public record GroupedByKey<T, K, V, R>(
        Plan<T> input,
        CheckedFunction<? super T, ? extends K> key,
        CheckedFunction<? super T, ? extends V> value,
        @Nullable CheckedFunction<? super Pair<K, List<V>>, ? extends R> result,
        int partitionCount,
        Routing routing,
        String operator)
        implements Shuffled<R> {

    /** Checks that the records can be in place. */
    public GroupedByKey {
        routing.check(input, partitionCount, operator);
    }

    /** The values of each key, of records that lie anywhere. */
    public static <T, K, V> GroupedByKey<T, K, V, Pair<K, List<V>>> of(
            Plan<T> input,
            CheckedFunction<? super T, ? extends K> key,
            CheckedFunction<? super T, ? extends V> value,
            String operator) {
        return new GroupedByKey<>(input, key, value, null, Shuffled.partitionsFor(input), Routing.BY_HASH, operator);
    }

    /** What {@code result} returns for each key and its values, of records that lie anywhere. */
    public static <T, K, V, R> GroupedByKey<T, K, V, R> of(
            Plan<T> input,
            CheckedFunction<? super T, ? extends K> key,
            CheckedFunction<? super T, ? extends V> value,
            CheckedFunction<? super Pair<K, List<V>>, ? extends R> result,
            String operator) {
        return new GroupedByKey<>(input, key, value, result, Shuffled.partitionsFor(input), Routing.BY_HASH, operator);
    }

    /** The same over another bag of the same records, which lie where {@code newRouting} says. */
    public GroupedByKey<T, K, V, R> routed(Plan<T> newInput, Routing newRouting) {
        return new GroupedByKey<>(newInput, key, value, result, partitionCount, newRouting, operator);
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public GroupedByKey<T, K, V, R> withInputs(List<? extends Node> inputs) {
        return routed(Inputs.plan(inputs, 0), routing);
    }

    @Override
    public boolean placesByKey() {
        return result == null;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.groupedByKey(this);
    }
}
