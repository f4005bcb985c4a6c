package dev.bag.plan;

/** All that the expander gives out for each record, in order. */
public record Expanded<T, R>(Plan<T> input, Expander<? super T, R> expander, String operator) implements Narrow<T, R> {

    @Override
    public Plan<R> withInput(Plan<T> input) {
        return new Expanded<>(input, expander, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.expanded(this);
    }
}
