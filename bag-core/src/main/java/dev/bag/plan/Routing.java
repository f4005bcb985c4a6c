package dev.bag.plan;

/** How a shuffle by key finds the partition of a record. */
public enum Routing {

    /** By the stable hash of its key. */
    BY_HASH,

    /** It is there already: the bag lies in as many partitions by the same key, and no record moves. */
    IN_PLACE;

    /** What is in place has one partition for each that comes out. */
    void check(Plan<?> input, int partitionCount, String operator) {
        if (this == IN_PLACE && input.partitionCount() != partitionCount) {
            throw new IllegalArgumentException(operator + ": the records of " + input.partitionCount()
                    + " partitions cannot be in place in " + partitionCount);
        }
    }
}
