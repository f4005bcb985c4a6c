package dev.bag.fold;

import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two folds of the same records. */
record BothFold<
                T,
                A extends @Nullable Object,
                B extends @Nullable Object,
                R extends @Nullable Object,
                S extends @Nullable Object>(
        Fold<? super T, A, R> first, Fold<? super T, B, S> second) implements Fold<T, BothFold.Two<A, B>, Pair<R, S>> {

    BothFold {
        Objects.requireNonNull(first, "a");
        Objects.requireNonNull(second, "b");
    }

    /** The accumulators of both. */
    record Two<A extends @Nullable Object, B extends @Nullable Object>(Slot<A> first, Slot<B> second)
            implements Serializable {}

    @Override
    public Two<A, B> zero() {
        return new Two<>(new Slot<>(first.zero()), new Slot<>(second.zero()));
    }

    @Override
    public Two<A, B> add(Two<A, B> two, T record) {
        two.first().add(first, record);
        two.second().add(second, record);
        return two;
    }

    @Override
    public Two<A, B> merge(Two<A, B> left, Two<A, B> right) {
        left.first().merge(first, right.first());
        left.second().merge(second, right.second());
        return left;
    }

    @Override
    public Pair<R, S> finish(Two<A, B> two) {
        return new Pair<>(two.first().finish(first), two.second().finish(second));
    }

    @Override
    public boolean mergesExactly() {
        return first.mergesExactly() && second.mergesExactly();
    }
}
