package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;

/** The running fold over the whole bag, in order. */
public record Scanned<T, A>(
        Plan<T> input, ScanStart<? super T, A> start, CheckedBiFunction<? super A, ? super T, ? extends A> operation)
        implements Narrow<T, A> {

    @Override
    public Plan<A> withInput(Plan<T> input) {
        return new Scanned<>(input, start, operation);
    }

    @Override
    public String operator() {
        return "scan";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.scanned(this);
    }
}
