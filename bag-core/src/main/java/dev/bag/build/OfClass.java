package dev.bag.build;

import dev.bag.function.CheckedFunction;
import dev.bag.trait.KeepsKeys;
import org.jspecify.annotations.Nullable;

/** The records of a class, as such; null for others. */
record OfClass<T, R>(Class<R> type) implements CheckedFunction<T, @Nullable R>, KeepsKeys {

    @Override
    public @Nullable R applyChecked(T record) {
        return type.isInstance(record) ? type.cast(record) : null;
    }
}
