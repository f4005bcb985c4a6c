package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a function returns for the values of the arguments, in their order. */
public record Called<T extends @Nullable Object>(
        List<Value<?>> arguments, CheckedFunction<@Nullable Object[], ? extends T> function, String operator)
        implements Value<T> {

    @Override
    public List<Value<?>> inputs() {
        return arguments;
    }

    @Override
    public Called<T> withInputs(List<? extends Node> inputs) {
        return new Called<>(Inputs.<Value<?>>all(inputs), function, operator);
    }
}
