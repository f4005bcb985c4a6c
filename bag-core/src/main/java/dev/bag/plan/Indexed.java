package dev.bag.plan;

import dev.bag.value.Pair;
import java.util.List;

/** Each record with its index in the whole bag, from 0. */
public record Indexed<T>(Plan<T> input, Shape shape) implements Narrow<T, Pair<T, Long>> {

    /** Over {@code input}. */
    public Indexed(Plan<T> input) {
        this(input, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Indexed<T> withInputs(List<? extends Node> inputs) {
        return new Indexed<>(Inputs.plan(inputs, 0));
    }

    @Override
    public String operator() {
        return "zipWithIndex";
    }

    @Override
    public Flow flow() {
        return Flow.IN_ORDER;
    }

    @Override
    public boolean oneForOne() {
        return true;
    }

    @Override
    public boolean keepsKeys() {
        return false;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.indexed(this);
    }
}
