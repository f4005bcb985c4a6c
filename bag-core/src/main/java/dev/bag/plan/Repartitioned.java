package dev.bag.plan;

/** The same records in {@code partitionCount} partitions: fewer by joining neighbours evenly by number, more by cutting the whole evenly by records. */
public record Repartitioned<T>(Plan<T> input, int partitionCount) implements Unary<T, T> {

    /** Checks the number of partitions. */
    public Repartitioned {
        if (partitionCount < 1) {
            throw new IllegalArgumentException("repartition(" + partitionCount + "): a bag has at least 1 partition");
        }
    }

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new Repartitioned<>(input, partitionCount);
    }

    @Override
    public String operator() {
        return "repartition";
    }

    /** Whether neighbouring partitions are joined, so that no record moves. */
    public boolean joinsNeighbours() {
        return partitionCount <= input.partitionCount();
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.repartitioned(this);
    }
}
