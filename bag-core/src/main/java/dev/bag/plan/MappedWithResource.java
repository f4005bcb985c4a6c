package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedSupplier;
import java.util.List;

/**
 * What the function returns for each record and a resource that is opened once for each partition and closed after it.
 */
public record MappedWithResource<T, S, R>(
        Plan<T> input,
        CheckedSupplier<? extends S> open,
        CheckedBiFunction<? super S, ? super T, ? extends R> function,
        Shape shape)
        implements Narrow<T, R> {

    /** Over {@code input}. */
    public MappedWithResource(
            Plan<T> input,
            CheckedSupplier<? extends S> open,
            CheckedBiFunction<? super S, ? super T, ? extends R> function) {
        this(input, open, function, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public MappedWithResource<T, S, R> withInputs(List<? extends Node> inputs) {
        return new MappedWithResource<>(Inputs.plan(inputs, 0), open, function);
    }

    @Override
    public String operator() {
        return "mapWithResource";
    }

    @Override
    public Flow flow() {
        return Flow.WHOLE_PARTITION;
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
        return cases.mappedWithResource(this);
    }
}
