package dev.bag.plan;

/**
 * The same records in another number of partitions: fewer by joining neighbours, more by cutting the whole evenly.
 *
 * @param <T> the records
 */
public sealed interface Repartitioned<T> permits JoinedNeighbours, CutEvenly {

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
}
