package dev.bag.fold;

import dev.bag.function.CheckedFunction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fold of what a function makes of each record. */
record MappedFold<T, U, A extends @Nullable Object, R extends @Nullable Object>(
        CheckedFunction<? super T, ? extends U> mapper, Fold<? super U, A, R> fold) implements Fold<T, A, R> {

    MappedFold {
        Objects.requireNonNull(mapper, "f");
        Objects.requireNonNull(fold, "fold");
    }

    @Override
    public A zero() {
        return fold.zero();
    }

    @Override
    public A add(A accumulator, T record) {
        U mapped = Objects.requireNonNull(
                mapper.apply(record),
                "mapping: the function returned null, and a record is never null. "
                        + "Leave these records out with filtering, or return an Optional.");
        return fold.add(accumulator, mapped);
    }

    @Override
    public A merge(A left, A right) {
        return fold.merge(left, right);
    }

    @Override
    public R finish(A accumulator) {
        return fold.finish(accumulator);
    }

    @Override
    public boolean mergesExactly() {
        return fold.mergesExactly();
    }
}
