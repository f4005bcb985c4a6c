package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import dev.bag.trait.EntryKey;
import java.util.List;

/** The same records, spread over partitions by the stable hash of their key; in each in input order. */
public record SpreadByKey<T, K>(
        Plan<T> input, CheckedFunction<? super T, ? extends K> key, int partitionCount, String operator)
        implements Shuffled<T> {

    /** Checks the number of partitions. */
    public SpreadByKey {
        if (partitionCount < 1) {
            throw new IllegalArgumentException(operator + "(" + partitionCount + "): a bag has at least 1 partition");
        }
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public SpreadByKey<T, K> withInputs(List<? extends Node> inputs) {
        return new SpreadByKey<>(Inputs.plan(inputs, 0), key, partitionCount, operator);
    }

    @Override
    public boolean placesByKey() {
        return key instanceof EntryKey<?, ?>;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.spreadByKey(this);
    }
}
