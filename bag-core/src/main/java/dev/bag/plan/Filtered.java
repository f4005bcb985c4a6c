package dev.bag.plan;

import dev.bag.function.CheckedPredicate;
import dev.bag.plan.Within.Narrow;
import java.util.List;

/** The records for which the predicate returns true. */
public record Filtered<T>(Plan<T> input, CheckedPredicate<? super T> keep, String operator, Shape shape)
        implements Narrow<T, T> {

    /** Over {@code input}. */
    public Filtered(Plan<T> input, CheckedPredicate<? super T> keep, String operator) {
        this(input, keep, operator, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Filtered<T> withInputs(List<? extends Node> inputs) {
        return new Filtered<>(Inputs.plan(inputs, 0), keep, operator);
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
        return true;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.filtered(this);
    }
}
