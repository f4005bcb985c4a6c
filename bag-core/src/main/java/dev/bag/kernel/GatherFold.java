package dev.bag.kernel;

import dev.bag.fold.Fold;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** All records, in order. */
public final class GatherFold<T> implements Fold<T, Rope, List<T>> {

    private static final long serialVersionUID = 1;

    @Override
    public Rope zero() {
        return new Rope();
    }

    @Override
    public Rope add(Rope rope, T record) {
        rope.add(record);
        return rope;
    }

    @Override
    public Rope merge(Rope left, Rope right) {
        return left.append(right);
    }

    @Override
    @SuppressWarnings("unchecked") // only records of type T were added
    public List<T> finish(Rope rope) {
        return (List<T>) Collections.unmodifiableList(Arrays.asList(rope.toArray()));
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
