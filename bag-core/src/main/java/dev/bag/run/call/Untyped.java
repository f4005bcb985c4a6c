package dev.bag.run.call;

import dev.bag.function.CheckedFunction;
import dev.bag.plan.Value;
import dev.bag.plan.Value.FlatMapped;
import org.jspecify.annotations.Nullable;

/** The one place where the types of values are forgotten. */
final class Untyped {

    private Untyped() {}

    /** Calls the function of {@code node}. */
    @SuppressWarnings("unchecked") // the argument is the value of its input
    static Value<?> made(FlatMapped<?, ?> node, @Nullable Object argument) throws Throwable {
        return ((CheckedFunction<@Nullable Object, ? extends Value<?>>) node.function()).applyChecked(argument);
    }
}
