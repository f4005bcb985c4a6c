package dev.bag;

import dev.bag.fold.Fold;
import dev.bag.value.Pair;
import org.jspecify.annotations.Nullable;

/** A fold of values as one of entries. */
record ValueFold<K, V, A extends @Nullable Object, R>(Fold<? super V, A, ? extends R> fold)
        implements Fold<Pair<K, V>, A, R> {

    @Override
    public A zero() {
        return fold.zero();
    }

    @Override
    public A add(A accumulator, Pair<K, V> entry) {
        return fold.add(accumulator, entry.second());
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
