package dev.bag.plan;

/**
 * An operation that moves records between partitions by their keys or their order.
 *
 * @param <R> the records that come out
 */
public sealed interface Shuffled<R> extends Between<R>
        permits FoldedByKey, GroupedByKey, Cogrouped, SpreadByKey, Distinct, Sorted {

    /** The most partitions a shuffle makes by itself. */
    int MOST_PARTITIONS = 64;

    /** The partitions made where one stream of the input is worked on by several tasks. */
    int PARTITIONS_OF_A_PIPELINE = 16;

    @Override
    int partitionCount();

    @Override
    default Shape shape() {
        return Shape.of(partitionCount());
    }

    /** Returns how many partitions a shuffle of {@code input} makes: as many as there are, within bounds. */
    static int partitionsFor(Plan<?> input) {
        int count = Math.min(input.partitionCount(), MOST_PARTITIONS);
        return count < PARTITIONS_OF_A_PIPELINE && input.shape().pipelined() ? PARTITIONS_OF_A_PIPELINE : count;
    }
}
