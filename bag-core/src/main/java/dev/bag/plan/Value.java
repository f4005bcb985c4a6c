package dev.bag.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delayed value means.
 *
 * @param <T> the value, which may be null
 */
public sealed interface Value<T extends @Nullable Object> extends Node
        permits Constant, Called, Folded, Taken, NamedValue, ValueSlot {

    @Override
    Value<T> withInputs(List<? extends Node> inputs);
}
