package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import dev.bag.trait.KeepsKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the function returns for each record, without the nulls. */
public record MappedNotNull<T, R>(
        Plan<T> input, CheckedFunction<? super T, ? extends @Nullable R> function, String operator, Shape shape)
        implements Narrow<T, R> {

    /** Over {@code input}. */
    public MappedNotNull(Plan<T> input, CheckedFunction<? super T, ? extends @Nullable R> function, String operator) {
        this(input, function, operator, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public MappedNotNull<T, R> withInputs(List<? extends Node> inputs) {
        return new MappedNotNull<>(Inputs.plan(inputs, 0), function, operator);
    }

    @Override
    public Flow flow() {
        return Flow.EACH_RECORD;
    }

    @Override
    public boolean oneForOne() {
        return false;
    }

    @Override
    public boolean keepsKeys() {
        return function instanceof KeepsKeys;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mappedNotNull(this);
    }
}
