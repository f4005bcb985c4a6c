package dev.bag.plan;

import dev.bag.function.CheckedFunction;

/** For each key the first record that has it; spread as by {@link FoldedByKey}. */
public record Distinct<T, K>(
        Plan<T> input, CheckedFunction<? super T, ? extends K> key, int partitionCount, String operator)
        implements Shuffled<T, T> {

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new Distinct<>(input, key, partitionCount, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.distinct(this);
    }
}
