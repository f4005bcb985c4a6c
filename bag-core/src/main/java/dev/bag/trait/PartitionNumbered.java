package dev.bag.trait;

import org.jspecify.annotations.Nullable;

/**
 * A fold whose messages name partitions. Its accumulators may remember the partition that they were begun in; its results
 * must not depend on it.
 *
 * @param <A> the accumulator
 */
public interface PartitionNumbered<A extends @Nullable Object> {

    /** Returns a new accumulator of no records, for records of partition {@code partition}, from 0. */
    A zero(int partition);
}
