package dev.bag.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of the same program, by its number there: what stands for a value where a stage is a flat list of operations.
 *
 * @param <T> the type of the value
 */
public record ValueSlot<T extends @Nullable Object>(int index) implements Value<T> {
    @Override
    public List<Node> inputs() {
        return List.of();
    }

    @Override
    public String operator() {
        return "#" + index;
    }
}
