package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.plan.Within.Narrow;
import java.io.Serializable;
import java.util.List;

/** The running fold over the whole bag, in order. */
public record Scanned<T, A>(
        Plan<T> input,
        Start<? super T, A> start,
        CheckedBiFunction<? super A, ? super T, ? extends A> operation,
        Shape shape)
        implements Narrow<T, A> {

    /** Over {@code input}. */
    public Scanned(
            Plan<T> input, Start<? super T, A> start, CheckedBiFunction<? super A, ? super T, ? extends A> operation) {
        this(input, start, operation, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Scanned<T, A> withInputs(List<? extends Node> inputs) {
        return new Scanned<>(Inputs.plan(inputs, 0), start, operation);
    }

    @Override
    public String operator() {
        return "scan";
    }

    @Override
    public Flow flow() {
        return Flow.IN_ORDER;
    }

    @Override
    public boolean oneForOne() {
        return start instanceof Start.FirstRecord<?, ?>;
    }

    @Override
    public boolean keepsKeys() {
        return false;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.scanned(this);
    }

    /**
     * How a running fold begins.
     *
     * @param <T> the records
     * @param <A> the running value
     */
    public sealed interface Start<T, A> extends Serializable {

        /** With a given value, which comes out first. */
        record Initial<T, A>(A value) implements Start<T, A> {}

        /** With the first record, turned into the first value. */
        record FirstRecord<T, A>(CheckedFunction<? super T, ? extends A> toValue) implements Start<T, A> {}
    }
}
