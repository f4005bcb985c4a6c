package dev.bag.plan;

import java.util.List;

/** The first {@code count} records of the bag, in partition order. */
public record Limited<T>(Plan<T> input, long count, Shape shape) implements Narrow<T, T> {

    /** Checks the count. */
    public Limited {
        if (count < 0) {
            throw new IllegalArgumentException("limit(" + count + "): the count must be 0 or more");
        }
    }

    /** Over {@code input}. */
    public Limited(Plan<T> input, long count) {
        this(input, count, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Limited<T> withInputs(List<? extends Node> inputs) {
        return new Limited<>(Inputs.plan(inputs, 0), count);
    }

    @Override
    public String operator() {
        return "limit";
    }

    @Override
    public Flow flow() {
        return Flow.IN_ORDER;
    }

    @Override
    public boolean oneForOne() {
        return false;
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.limited(this);
    }
}
