package dev.bag.plan;

import dev.bag.function.CheckedFunction;

/** The same records, spread over partitions by the stable hash of their key; in each in input order. */
public record SpreadByKey<T, K>(
        Plan<T> input, CheckedFunction<? super T, ? extends K> key, int partitionCount, String operator)
        implements Shuffled<T, T> {

    /** Checks the number of partitions. */
    public SpreadByKey {
        if (partitionCount < 1) {
            throw new IllegalArgumentException(operator + "(" + partitionCount + "): a bag has at least 1 partition");
        }
    }

    @Override
    public Plan<T> withInput(Plan<T> newInput) {
        return new SpreadByKey<>(newInput, key, partitionCount, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.spreadByKey(this);
    }
}
