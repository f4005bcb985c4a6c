package dev.bag.plan;

import dev.bag.function.CheckedPredicate;
import java.util.List;

/** The records of the bag before the first one for which the predicate returns false, in partition order. */
public record TakenWhile<T>(Plan<T> input, CheckedPredicate<? super T> keep, Shape shape) implements Narrow<T, T> {

    /** Over {@code input}. */
    public TakenWhile(Plan<T> input, CheckedPredicate<? super T> keep) {
        this(input, keep, input.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public TakenWhile<T> withInputs(List<? extends Node> inputs) {
        return new TakenWhile<>(Inputs.plan(inputs, 0), keep);
    }

    @Override
    public String operator() {
        return "takeWhile";
    }

    @Override
    public Flow flow() {
        return Flow.IN_ORDER;
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
        return cases.takenWhile(this);
    }
}
