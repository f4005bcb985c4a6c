package dev.bag.plan;

import java.util.List;

/**
 * The same records in another number of partitions: fewer by joining neighbours, more by cutting the whole evenly.
 *
 * @param <T> the records
 */
public sealed interface Repartitioned<T> {

    /** Returns the bag whose records these are. */
    Plan<T> input();

    /** Returns how many partitions are made. */
    int partitionCount();

    /** Returns {@code input} in {@code partitionCount} partitions. */
    static <T> Plan<T> of(Plan<T> input, int partitionCount) {
        if (partitionCount < 1) {
            throw new IllegalArgumentException("repartition(" + partitionCount + "): a bag has at least 1 partition");
        }
        return partitionCount <= input.partitionCount()
                ? new JoinedNeighbours<>(input, partitionCount)
                : new CutEvenly<>(input, partitionCount);
    }

    /** The same records in more partitions: the whole is cut evenly by records. */
    record CutEvenly<T>(Plan<T> input, Shape shape) implements Between<T>, Repartitioned<T> {

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

    /** The same records in fewer partitions: neighbours become one, evenly by number. No record moves. */
    record JoinedNeighbours<T>(Plan<T> input, Shape shape) implements Within<T>, Repartitioned<T> {

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
}
