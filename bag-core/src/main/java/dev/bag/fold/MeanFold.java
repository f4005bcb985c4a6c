package dev.bag.fold;

import dev.bag.function.CheckedToDoubleFunction;
import java.io.Serializable;
import java.util.Objects;

/** The mean of a double of each record. */
record MeanFold<T>(CheckedToDoubleFunction<? super T> number) implements Fold<T, MeanFold.Mean, Double> {

    MeanFold {
        Objects.requireNonNull(number, "f");
    }

    /** A sum and of how many. */
    static final class Mean implements Serializable {

        private static final long serialVersionUID = 1L;

        private final DoubleTotal total = new DoubleTotal();
        private long count;
    }

    @Override
    public Mean zero() {
        return new Mean();
    }

    @Override
    public Mean add(Mean mean, T record) {
        mean.total.add(number.applyAsDouble(record));
        mean.count++;
        return mean;
    }

    @Override
    public Mean merge(Mean left, Mean right) {
        left.total.addAll(right.total);
        left.count += right.count;
        return left;
    }

    @Override
    public Double finish(Mean mean) {
        return mean.total.toDouble() / mean.count;
    }
}
