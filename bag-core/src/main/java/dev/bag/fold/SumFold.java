package dev.bag.fold;

import dev.bag.function.CheckedToDoubleFunction;
import java.util.Objects;

/** The sum of a double of each record. */
record SumFold<T>(CheckedToDoubleFunction<? super T> number) implements Fold<T, DoubleTotal, Double> {

    SumFold {
        Objects.requireNonNull(number, "f");
    }

    @Override
    public DoubleTotal zero() {
        return new DoubleTotal();
    }

    @Override
    public DoubleTotal add(DoubleTotal total, T record) {
        total.add(number.applyAsDouble(record));
        return total;
    }

    @Override
    public DoubleTotal merge(DoubleTotal left, DoubleTotal right) {
        left.addAll(right);
        return left;
    }

    @Override
    public Double finish(DoubleTotal total) {
        return total.toDouble();
    }
}
