package dev.bag.plan;

import java.util.List;

/** The same records in fewer partitions: neighbours become one, evenly by number. No record moves. */
public record JoinedNeighbours<T>(Plan<T> input, Shape shape) implements Within<T>, Repartitioned<T> {

    /** Checks the number of partitions. */
    public JoinedNeighbours {
        if (shape.partitionCount() < 1 || shape.partitionCount() > input.partitionCount()) {
            throw new IllegalArgumentException("repartition: " + input.partitionCount()
                    + " partitions cannot be joined to " + shape.partitionCount());
        }
    }

    /** {@code input} in {@code partitionCount} partitions, of which it has no fewer. */
    public JoinedNeighbours(Plan<T> input, int partitionCount) {
        this(input, input.shape().withPartitions(partitionCount));
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
    public JoinedNeighbours<T> withInputs(List<? extends Node> inputs) {
        return new JoinedNeighbours<>(Inputs.plan(inputs, 0), partitionCount());
    }

    @Override
    public String operator() {
        return "repartition";
    }

    /** Only where an operation behind this must see the joined partitions are they worked on as one. */
    @Override
    public Flow flow() {
        return Flow.EACH_RECORD;
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
    public <X> X match(Within.Cases<X> cases) {
        return cases.joinedNeighbours(this);
    }
}
