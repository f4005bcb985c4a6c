package dev.bag.plan;

import dev.bag.function.CheckedPredicate;

/** The records of the bag before the first one for which the predicate answers false, in partition order. */
public record TakenWhile<T>(Plan<T> input, CheckedPredicate<? super T> keep) implements Narrow<T, T> {

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new TakenWhile<>(input, keep);
    }

    @Override
    public String operator() {
        return "takeWhile";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.takenWhile(this);
    }
}
