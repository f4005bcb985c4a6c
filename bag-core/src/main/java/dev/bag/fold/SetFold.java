package dev.bag.fold;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The first of each equal records. */
record SetFold<T>() implements Fold<T, LinkedHashSet<T>, Set<T>> {

    @Override
    public LinkedHashSet<T> zero() {
        return new LinkedHashSet<>();
    }

    @Override
    public LinkedHashSet<T> add(LinkedHashSet<T> set, T record) {
        set.add(record);
        return set;
    }

    @Override
    public LinkedHashSet<T> merge(LinkedHashSet<T> left, LinkedHashSet<T> right) {
        if (left.isEmpty()) {
            return right;
        }
        left.addAll(right);
        return left;
    }

    @Override
    public Set<T> finish(LinkedHashSet<T> set) {
        return Collections.unmodifiableSet(set);
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
