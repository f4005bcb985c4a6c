package dev.bag.plan;

import dev.bag.fold.Fold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fold of all records of a bag; parts are merged with their neighbours, in order. */
public record Folded<S, A extends @Nullable Object, T extends @Nullable Object>(
        Plan<S> input, Fold<? super S, A, ? extends T> fold, String operator) implements Value<T> {

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Folded<S, A, T> withInputs(List<? extends Node> inputs) {
        return new Folded<>(Inputs.plan(inputs, 0), fold, operator);
    }
}
