package dev.bag.fold;

import dev.bag.trait.LongSum;

/** Counts the records. */
record CountFold<T>() implements Fold<T, long[], Long>, LongSum<T, long[]> {

    @Override
    public long[] zero() {
        return new long[1];
    }

    @Override
    public long[] add(long[] count, T record) {
        return plus(count, 1);
    }

    @Override
    public long[] merge(long[] left, long[] right) {
        return plus(left, right[0]);
    }

    @Override
    public Long finish(long[] count) {
        return count[0];
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }

    @Override
    public boolean onlyCounts() {
        return true;
    }

    @Override
    public long number(T record) {
        return 1;
    }

    @Override
    public long[] plus(long[] count, long number) {
        count[0] += number;
        return count;
    }

    @Override
    public boolean isLong(long[] count) {
        return true;
    }

    @Override
    public long toLong(long[] count) {
        return count[0];
    }
}
