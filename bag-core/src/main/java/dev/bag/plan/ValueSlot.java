package dev.bag.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of that number among those that a stage needs; see {@link Slot}. */
public record ValueSlot<T extends @Nullable Object>(int index) implements Value<T> {

    /** Checks the number. */
    public ValueSlot {
        if (index < 0) {
            throw new IllegalArgumentException("value slot " + index);
        }
    }

    @Override
    public List<Node> inputs() {
        return List.of();
    }

    @Override
    public ValueSlot<T> withInputs(List<? extends Node> inputs) {
        return new ValueSlot<>(index);
    }

    @Override
    public String operator() {
        return "value slot " + index;
    }
}
