package dev.bag.fold;

import dev.bag.function.CheckedPredicate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fold of some of the records. */
record FilteredFold<T, A extends @Nullable Object, R extends @Nullable Object>(
        CheckedPredicate<? super T> keep, Fold<? super T, A, R> fold) implements Fold<T, A, R> {

    FilteredFold {
        Objects.requireNonNull(keep, "p");
        Objects.requireNonNull(fold, "fold");
    }

    @Override
    public A zero() {
        return fold.zero();
    }

    @Override
    public A add(A accumulator, T record) {
        return keep.test(record) ? fold.add(accumulator, record) : accumulator;
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
