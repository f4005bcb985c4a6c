package dev.bag.plan;

import dev.bag.function.CheckedFunction;

/** What the function answers for each record, which is never null. */
public record Mapped<T, R>(Plan<T> input, CheckedFunction<? super T, ? extends R> function, String operator)
        implements Narrow<T, R> {

    @Override
    public Plan<R> withInput(Plan<T> input) {
        return new Mapped<>(input, function, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mapped(this);
    }
}
