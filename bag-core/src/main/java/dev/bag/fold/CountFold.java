package dev.bag.fold;

/** How many records there are. */
record CountFold<T>() implements Fold<T, long[], Long> {

    @Override
    public long[] zero() {
        return new long[1];
    }

    @Override
    public long[] add(long[] count, T record) {
        count[0]++;
        return count;
    }

    @Override
    public long[] merge(long[] left, long[] right) {
        left[0] += right[0];
        return left;
    }

    @Override
    public Long finish(long[] count) {
        return count[0];
    }

    @Override
    public boolean mergesExactly() {
        return true;
    }
}
