package dev.bag.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same value; the operation below is called {@code operator} in messages. */
public record NamedValue<T extends @Nullable Object>(Value<T> input, String operator) implements Value<T> {

    /** Checks the name. */
    public NamedValue {
        if (operator.isBlank()) {
            throw new IllegalArgumentException("named(\"" + operator + "\"): the name must not be blank");
        }
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public NamedValue<T> withInputs(List<? extends Node> inputs) {
        return new NamedValue<>(Inputs.value(inputs, 0), operator);
    }
}
