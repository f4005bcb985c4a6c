package dev.bag.plan;

import java.util.List;

/**
 * The records of the operation of that number in a stage. With slots as inputs, the operations of a stage are a flat list,
 * which can be sent anywhere however deep the plan was.
 */
public record Slot<T>(int index, int partitionCount) implements Leaf<T> {

    /** Checks the numbers. */
    public Slot {
        if (index < 0 || partitionCount < 1) {
            throw new IllegalArgumentException("slot " + index + " of " + partitionCount + " partitions");
        }
    }

    @Override
    public Shape shape() {
        return Shape.of(partitionCount);
    }

    @Override
    public List<Node> inputs() {
        return List.of();
    }

    @Override
    public Slot<T> withInputs(List<? extends Node> inputs) {
        return new Slot<>(index, partitionCount);
    }

    @Override
    public String operator() {
        return "slot " + index;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.slot(this);
    }
}
