package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedSupplier;

/** What the function answers for each record and a resource that is opened once for each partition and closed after it. */
public record MappedWithResource<T, S, R>(
        Plan<T> input, CheckedSupplier<? extends S> open, CheckedBiFunction<? super S, ? super T, ? extends R> function)
        implements Narrow<T, R> {

    @Override
    public Plan<R> withInput(Plan<T> input) {
        return new MappedWithResource<>(input, open, function);
    }

    @Override
    public String operator() {
        return "mapWithResource";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mappedWithResource(this);
    }
}
