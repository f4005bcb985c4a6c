package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import java.util.List;

/** For each key the first record that has it; spread as by {@link FoldedByKey}. */
public record Distinct<T, K>(
        Plan<T> input, CheckedFunction<? super T, ? extends K> key, int partitionCount, String operator)
        implements Shuffled<T> {

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Distinct<T, K> withInputs(List<? extends Node> inputs) {
        return new Distinct<>(Inputs.plan(inputs, 0), key, partitionCount, operator);
    }

    @Override
    public boolean placesByKey() {
        return false;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.distinct(this);
    }
}
