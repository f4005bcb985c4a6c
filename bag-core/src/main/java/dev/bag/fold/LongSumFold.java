package dev.bag.fold;

import dev.bag.function.CheckedToLongFunction;
import java.util.Objects;

/** The exact sum of a long of each record. */
record LongSumFold<T>(CheckedToLongFunction<? super T> number) implements Fold<T, LongTotal, Long> {

    LongSumFold {
        Objects.requireNonNull(number, "f");
    }

    @Override
    public LongTotal zero() {
        return new LongTotal();
    }

    @Override
    public LongTotal add(LongTotal total, T record) {
        total.add(number.applyAsLong(record));
        return total;
    }

    @Override
    public LongTotal merge(LongTotal left, LongTotal right) {
        left.addAll(right);
        return left;
    }

    @Override
    public Long finish(LongTotal total) {
        return total.toLong();
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
