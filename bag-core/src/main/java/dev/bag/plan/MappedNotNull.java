package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import org.jspecify.annotations.Nullable;

/** What the function answers for each record, without the nulls. */
public record MappedNotNull<T, R>(Plan<T> input, CheckedFunction<? super T, ? extends @Nullable R> function)
        implements Narrow<T, R> {

    @Override
    public Plan<R> withInput(Plan<T> input) {
        return new MappedNotNull<>(input, function);
    }

    @Override
    public String operator() {
        return "mapNotNull";
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mappedNotNull(this);
    }
}
