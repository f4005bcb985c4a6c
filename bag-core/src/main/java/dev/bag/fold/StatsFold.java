package dev.bag.fold;

import dev.bag.function.CheckedToDoubleFunction;
import dev.bag.value.Stats;
import java.util.Objects;

/** A numeric summary of a double of each record. */
record StatsFold<T>(CheckedToDoubleFunction<? super T> number) implements Fold<T, Moments, Stats> {

    StatsFold {
        Objects.requireNonNull(number, "f");
    }

    @Override
    public Moments zero() {
        return new Moments();
    }

    @Override
    public Moments add(Moments moments, T record) {
        moments.add(number.applyAsDouble(record));
        return moments;
    }

    @Override
    public Moments merge(Moments left, Moments right) {
        if (left.isEmpty()) {
            return right;
        }
        if (!right.isEmpty()) {
            left.addAll(right);
        }
        return left;
    }

    @Override
    public Stats finish(Moments moments) {
        return moments.toStats();
    }
}
