package dev.bag.plan;

import java.util.List;

/** The records of the bag after the first {@code count}, in partition order. */
public record Skipped<T>(Plan<T> input, long count, Shape shape) implements Narrow<T, T> {

    /** Checks the count. */
    public Skipped {
        if (count < 0) {
            throw new IllegalArgumentException("skip(" + count + "): the count must be 0 or more");
        }
    }

    /** Over {@code input}. */
    public Skipped(Plan<T> input, long count) {
        this(input, count, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Skipped<T> withInputs(List<? extends Node> inputs) {
        return new Skipped<>(Inputs.plan(inputs, 0), count);
    }

    @Override
    public String operator() {
        return "skip";
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
        return cases.skipped(this);
    }
}
