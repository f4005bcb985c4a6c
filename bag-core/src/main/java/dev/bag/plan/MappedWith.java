package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import java.util.List;

/** What the function returns for each record and one value, which is computed before. */
public record MappedWith<T, U, R>(
        Plan<T> input, Value<U> value, CheckedBiFunction<? super T, ? super U, ? extends R> function, Shape shape)
        implements Narrow<T, R> {

    /** Over {@code input}. */
    public MappedWith(Plan<T> input, Value<U> value, CheckedBiFunction<? super T, ? super U, ? extends R> function) {
        this(input, value, function, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input, value);
    }

    @Override
    public MappedWith<T, U, R> withInputs(List<? extends Node> inputs) {
        return new MappedWith<>(Inputs.plan(inputs, 0), Inputs.value(inputs, 1), function);
    }

    @Override
    public String operator() {
        return "mapWith";
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
        return false;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mappedWith(this);
    }
}
