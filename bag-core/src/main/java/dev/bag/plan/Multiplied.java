package dev.bag.plan;

import dev.bag.value.Pair;

/** All pairs: partition {@code i * m + j} holds those of partition i of the left and j of the right bag, which has m. */
public record Multiplied<A, B>(Plan<A> left, Plan<B> right, int partitionCount) implements Binary<A, B, Pair<A, B>> {

    @Override
    public Plan<Pair<A, B>> withInputs(Plan<A> left, Plan<B> right) {
        return new Multiplied<>(left, right, partitionCount);
    }

    @Override
    public String operator() {
        return "product";
    }

    /** All pairs of {@code left} and {@code right}. */
    public static <A, B> Multiplied<A, B> of(Plan<A> left, Plan<B> right) {
        long count = (long) left.partitionCount() * right.partitionCount();
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("product: " + left.partitionCount() + " times " + right.partitionCount()
                    + " partitions are more than an int counts; use repartition(n) first");
        }
        return new Multiplied<>(left, right, (int) count);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.multiplied(this);
    }
}
