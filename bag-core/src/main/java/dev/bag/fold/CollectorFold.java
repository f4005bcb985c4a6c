package dev.bag.fold;

import java.util.Objects;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** A JDK collector as a fold. It is sent to another JVM only if the collector can be. */
record CollectorFold<T, A extends @Nullable Object, R extends @Nullable Object>(
        Collector<? super T, A, ? extends R> collector) implements Fold<T, A, R> {

    CollectorFold {
        Objects.requireNonNull(collector, "collector");
    }

    @Override
    public A zero() {
        return collector.supplier().get();
    }

    @Override
    public A add(A accumulator, T record) {
        collector.accumulator().accept(accumulator, record);
        return accumulator;
    }

    @Override
    public A merge(A left, A right) {
        return collector.combiner().apply(left, right);
    }

    @Override
    public R finish(A accumulator) {
        return collector.finisher().apply(accumulator);
    }
}
