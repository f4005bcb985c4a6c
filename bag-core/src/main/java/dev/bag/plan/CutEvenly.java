package dev.bag.plan;

import java.util.List;

/** The same records in more partitions: the whole is cut evenly by records. */
public record CutEvenly<T>(Plan<T> input, Shape shape) implements Between<T>, Repartitioned<T> {

    /** Checks the number of partitions. */
    public CutEvenly {
        if (shape.partitionCount() < 1) {
            throw new IllegalArgumentException(
                    "repartition(" + shape.partitionCount() + "): a bag has at least 1 partition");
        }
    }

    /** {@code input} in {@code partitionCount} partitions. */
    public CutEvenly(Plan<T> input, int partitionCount) {
        this(input, input.shape().withPartitions(partitionCount).kept());
    }

    @Override
    public int partitionCount() {
        return shape.partitionCount();
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public CutEvenly<T> withInputs(List<? extends Node> inputs) {
        return new CutEvenly<>(Inputs.plan(inputs, 0), partitionCount());
    }

    @Override
    public String operator() {
        return "repartition";
    }

    @Override
    public boolean placesByKey() {
        return false;
    }

    @Override
    public <X> X match(Between.Cases<X> cases) {
        return cases.cutEvenly(this);
    }
}
