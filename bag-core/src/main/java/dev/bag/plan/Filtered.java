package dev.bag.plan;

import dev.bag.function.CheckedPredicate;

/** The records for which the predicate answers true. */
public record Filtered<T>(Plan<T> input, CheckedPredicate<? super T> keep, String operator) implements Narrow<T, T> {

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new Filtered<>(input, keep, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.filtered(this);
    }
}
