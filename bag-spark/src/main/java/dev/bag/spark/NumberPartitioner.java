package dev.bag.spark;

import org.apache.spark.Partitioner;

/** Blocks go to the partition with their number. */
final class NumberPartitioner extends Partitioner {

    private static final long serialVersionUID = 1;

    private final int count;

    NumberPartitioner(int count) {
        this.count = count;
    }

    @Override
    public int numPartitions() {
        return count;
    }

    @Override
    public int getPartition(Object key) {
        return (Integer) key;
    }

    @Override
    public int hashCode() {
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberPartitioner partitioner && partitioner.count == count;
    }
}
