package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import dev.bag.trait.KeepsKeys;
import java.util.List;

/** What the function returns for each record, which is never null. */
public record Mapped<T, R>(
        Plan<T> input, CheckedFunction<? super T, ? extends R> function, String operator, Shape shape)
        implements Narrow<T, R> {

    /** Over {@code input}. */
    public Mapped(Plan<T> input, CheckedFunction<? super T, ? extends R> function, String operator) {
        this(input, function, operator, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Mapped<T, R> withInputs(List<? extends Node> inputs) {
        return new Mapped<>(Inputs.plan(inputs, 0), function, operator);
    }

    @Override
    public Flow flow() {
        return Flow.EACH_RECORD;
    }

    @Override
    public boolean oneForOne() {
        return true;
    }

    @Override
    public boolean keepsKeys() {
        return function instanceof KeepsKeys;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mapped(this);
    }
}
