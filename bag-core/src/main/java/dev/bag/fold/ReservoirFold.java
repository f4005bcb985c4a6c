package dev.bag.fold;

import java.util.List;

/** A sample of {@code size} records. */
record ReservoirFold<T>(int size, long seed) implements Fold<T, Sample<T>, List<T>> {

    ReservoirFold {
        if (size < 0) {
            throw new IllegalArgumentException("reservoir(" + size + ", seed): k must be 0 or more");
        }
    }

    @Override
    public Sample<T> zero() {
        return new Sample<>(seed);
    }

    @Override
    public Sample<T> add(Sample<T> sample, T record) {
        sample.add(record, size);
        return sample;
    }

    @Override
    public Sample<T> merge(Sample<T> left, Sample<T> right) {
        if (left.isEmpty()) {
            return right;
        }
        if (!right.isEmpty()) {
            left.addAll(right, size);
        }
        return left;
    }

    @Override
    public List<T> finish(Sample<T> sample) {
        return sample.toList();
    }
}
