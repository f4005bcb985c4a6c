package dev.bag.plan;

import java.util.List;

/** One partition of the bag, as a bag of one. */
public record SelectedPartition<T>(Plan<T> input, int index, Shape shape) implements Within<T> {

    /** Checks the index. */
    public SelectedPartition {
        if (index < 0 || index >= input.partitionCount()) {
            throw new IndexOutOfBoundsException(
                    "partition(" + index + "): the bag has partitions 0 to " + (input.partitionCount() - 1));
        }
    }

    /** Of {@code input}. */
    public SelectedPartition(Plan<T> input, int index) {
        this(input, index, input.shape().withPartitions(1));
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public SelectedPartition<T> withInputs(List<? extends Node> inputs) {
        return new SelectedPartition<>(Inputs.plan(inputs, 0), index);
    }

    @Override
    public String operator() {
        return "partition";
    }

    @Override
    public Flow flow() {
        return Flow.WHOLE_PARTITION;
    }

    @Override
    public boolean oneForOne() {
        return false;
    }

    @Override
    public boolean keepsKeys() {
        return false;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.selectedPartition(this);
    }
}
