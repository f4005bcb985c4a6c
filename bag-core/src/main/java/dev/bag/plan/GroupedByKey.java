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
        String operator)
        implements Shuffled<T, Pair<K, List<V>>> {

    @Override
    public Plan<Pair<K, List<V>>> withInput(Plan<T> newInput) {
        return new GroupedByKey<>(newInput, key, value, partitionCount, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.groupedByKey(this);
    }
}
