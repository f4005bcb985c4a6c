package dev.bag.fold;

import dev.bag.function.CheckedToLongFunction;
import dev.bag.trait.LongSum;
import java.util.Objects;

/** The exact sum of a long of each record. */
record LongSumFold<T>(CheckedToLongFunction<? super T> number) implements Fold<T, long[], Long>, LongSum<T, long[]> {

    LongSumFold {
        Objects.requireNonNull(number, "f");
    }

    @Override
    public long[] zero() {
        return LongTotal.zero();
    }

    @Override
    public long[] add(long[] total, T record) {
        return plus(total, number(record));
    }

    @Override
    public long[] merge(long[] left, long[] right) {
        return LongTotal.plus(left, right);
    }

    @Override
    public Long finish(long[] total) {
        return LongTotal.toLong(total);
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }

    @Override
    public long number(T record) {
        return number.applyAsLong(record);
    }

    @Override
    public long[] plus(long[] total, long number) {
        return LongTotal.plus(total, number);
    }

    @Override
    public boolean isLong(long[] total) {
        return LongTotal.isLong(total);
    }

    @Override
    public long toLong(long[] total) {
        return LongTotal.toLong(total);
    }
}
