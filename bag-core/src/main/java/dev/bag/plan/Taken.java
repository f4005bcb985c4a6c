package dev.bag.plan;

import java.util.List;

/**
 * All records of a bag, taken as they are by a reader, or to be kept. Nothing is computed of them, so the value is none.
 *
 * @param <S> the type of the records
 */
public record Taken<S>(Plan<S> input, String operator) implements Value<Object> {
    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Taken<S> withInputs(List<? extends Node> inputs) {
        return new Taken<>(Inputs.plan(inputs, 0), operator);
    }
}
