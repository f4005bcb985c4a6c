package dev.bag.plan;

import dev.bag.value.Pair;
import java.util.List;

/** All pairs: partition {@code i * m + j} holds those of partition i of the left and j of the right bag, which has m. */
public record Multiplied<A, B>(Plan<A> left, Plan<B> right, Shape shape) implements Between<Pair<A, B>> {

    /** All pairs of {@code left} and {@code right}. */
    public static <A, B> Multiplied<A, B> of(Plan<A> left, Plan<B> right) {
        long count = (long) left.partitionCount() * right.partitionCount();
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("product: " + left.partitionCount() + " times " + right.partitionCount()
                    + " partitions are more than an int counts; use repartition(n) first");
        }
        return new Multiplied<>(
                left,
                right,
                left.shape().with(right.shape()).withPartitions((int) count).kept());
    }

    @Override
    public List<Node> inputs() {
        return List.of(left, right);
    }

    @Override
    public Multiplied<A, B> withInputs(List<? extends Node> inputs) {
        return of(Inputs.plan(inputs, 0), Inputs.plan(inputs, 1));
    }

    @Override
    public String operator() {
        return "product";
    }

    @Override
    public boolean placesByKey() {
        return false;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.multiplied(this);
    }
}
