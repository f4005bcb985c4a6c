package dev.bag.fold;

import dev.bag.function.CheckedFunction;
import java.util.Objects;

/** About how many different results a function has. */
record DistinctFold<T>(CheckedFunction<? super T, ?> key) implements Fold<T, DistinctSketch, Long> {

    DistinctFold {
        Objects.requireNonNull(key, "f");
    }

    @Override
    public DistinctSketch zero() {
        return new DistinctSketch();
    }

    @Override
    public DistinctSketch add(DistinctSketch sketch, T record) {
        Object result = Objects.requireNonNull(
                key.apply(record),
                "countDistinctApprox: the function returned null. "
                        + "Leave these records out with filtering, or return an Optional.");
        sketch.add(ContentHash.of(result));
        return sketch;
    }

    @Override
    public DistinctSketch merge(DistinctSketch left, DistinctSketch right) {
        return left.with(right);
    }

    @Override
    public Long finish(DistinctSketch sketch) {
        return sketch.estimate();
    }

    /** A sketch depends on which hashes came, not on their order or on how often. */
    @Override
    public boolean mergesExactly() {
        return true;
    }
}
