package dev.bag.plan;

import dev.bag.trait.Expander;
import dev.bag.trait.KeepsKeys;
import java.util.List;

/** All that the expander gives out for each record and one value, which is computed before. */
public record ExpandedWith<T, U, R>(
        Plan<T> input, Value<U> value, Expander.With<? super T, ? super U, R> expander, String operator, Shape shape)
        implements Narrow<T, R> {

    /** Over {@code input}. */
    public ExpandedWith(
            Plan<T> input, Value<U> value, Expander.With<? super T, ? super U, R> expander, String operator) {
        this(input, value, expander, operator, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input, value);
    }

    @Override
    public ExpandedWith<T, U, R> withInputs(List<? extends Node> inputs) {
        return new ExpandedWith<>(Inputs.plan(inputs, 0), Inputs.value(inputs, 1), expander, operator);
    }

    @Override
    public Flow flow() {
        return Flow.EACH_RECORD;
    }

    @Override
    public boolean oneForOne() {
        return false;
    }

    @Override
    public boolean keepsKeys() {
        return expander instanceof KeepsKeys;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.expandedWith(this);
    }
}
