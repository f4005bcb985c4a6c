package dev.bag.fold;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The first {@code size} records in some order. */
record TopFold<T>(int size, Comparator<? super T> order) implements Fold<T, TopList<T>, List<T>> {

    TopFold {
        Objects.requireNonNull(order, "comparator");
        if (size < 0) {
            throw new IllegalArgumentException("topK(" + size + "): k must be 0 or more");
        }
    }

    @Override
    public TopList<T> zero() {
        return new TopList<>();
    }

    @Override
    public TopList<T> add(TopList<T> top, T record) {
        top.add(record, size, order);
        return top;
    }

    @Override
    public TopList<T> merge(TopList<T> left, TopList<T> right) {
        left.addAll(right, size, order);
        return left;
    }

    @Override
    public List<T> finish(TopList<T> top) {
        return top.toList(size, order);
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
