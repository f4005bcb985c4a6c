package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import dev.bag.value.Pair;
import java.util.List;

/** For each key the values of the records that have it, in input order; spread as by {@link FoldedByKey}. */
public record GroupedByKey<T, K, V>(
        Plan<T> input,
        CheckedFunction<? super T, ? extends K> key,
        CheckedFunction<? super T, ? extends V> value,
        int partitionCount,
        Routing routing,
        String operator)
        implements Shuffled<T, Pair<K, List<V>>> {

    /** Checks that the records can be in place. */
    public GroupedByKey {
        routing.check(input, partitionCount, operator);
    }

    /** Of records that lie anywhere. */
    public GroupedByKey(
            Plan<T> input,
            CheckedFunction<? super T, ? extends K> key,
            CheckedFunction<? super T, ? extends V> value,
            int partitionCount,
            String operator) {
        this(input, key, value, partitionCount, Routing.BY_HASH, operator);
    }

    @Override
    public Plan<Pair<K, List<V>>> withInput(Plan<T> newInput) {
        return new GroupedByKey<>(newInput, key, value, partitionCount, routing, operator);
    }

    /** The same over another bag of the same records, which lie where {@code newRouting} says. */
    public GroupedByKey<T, K, V> routed(Plan<T> newInput, Routing newRouting) {
        return new GroupedByKey<>(newInput, key, value, partitionCount, newRouting, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.groupedByKey(this);
    }
}
