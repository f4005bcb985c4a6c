package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import java.util.Iterator;

/** What the iterators answered for (index, records) of each partition give out. */
public record MappedPartitions<T, R>(
        Plan<T> input,
        CheckedBiFunction<? super Integer, ? super Iterator<T>, ? extends Iterator<? extends R>> function,
        String operator)
        implements Narrow<T, R> {

    @Override
    public Plan<R> withInput(Plan<T> input) {
        return new MappedPartitions<>(input, function, operator);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.mappedPartitions(this);
    }
}
