package dev.bag.fold;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first record in some order, the earliest of equals. */
record LeastFold<T>(Comparator<? super T> order) implements Fold<T, LeastFold.Least<T>, Optional<T>> {

    LeastFold {
        Objects.requireNonNull(order, "comparator");
    }

    /** The first record so far, or null. An {@link Optional} could not be written to disk. */
    record Least<T>(@Nullable T record) implements Serializable {}

    @Override
    public Least<T> zero() {
        return new Least<>(null);
    }

    @Override
    public Least<T> add(Least<T> least, T record) {
        T before = least.record();
        return before == null || order.compare(record, before) < 0 ? new Least<>(record) : least;
    }

    @Override
    public Least<T> merge(Least<T> left, Least<T> right) {
        T later = right.record();
        return later == null ? left : add(left, later);
    }

    @Override
    public Optional<T> finish(Least<T> least) {
        return Optional.ofNullable(least.record());
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
