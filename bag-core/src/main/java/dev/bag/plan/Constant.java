package dev.bag.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that is there already. */
public record Constant<T extends @Nullable Object>(T value) implements Value<T> {

    @Override
    public List<Node> inputs() {
        return List.of();
    }

    @Override
    public Constant<T> withInputs(List<? extends Node> inputs) {
        return new Constant<>(value);
    }

    @Override
    public String operator() {
        return "value";
    }
}
