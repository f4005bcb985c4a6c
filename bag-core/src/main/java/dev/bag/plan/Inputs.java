package dev.bag.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs an operation is given in place of its own. Each has the records, or is the value, of the one it stands for;
 * this is the one place where their types are forgotten.
 */
@SuppressWarnings("unchecked") // an input has the type of the one it stands for
final class Inputs {

    private Inputs() {}

    static <T> Plan<T> plan(List<? extends Node> inputs, int index) {
        return (Plan<T>) inputs.get(index);
    }

    static <T extends @Nullable Object> Value<T> value(List<? extends Node> inputs, int index) {
        return (Value<T>) inputs.get(index);
    }

    static <N extends Node> List<N> all(List<? extends Node> inputs) {
        return (List<N>) List.copyOf(inputs);
    }
}
