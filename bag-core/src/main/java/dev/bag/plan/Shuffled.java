package dev.bag.plan;

/**
 * An operation that moves records between partitions. It ends the stage below it.
 *
 * @param <T> the records that go in
 * @param <R> the records that come out
 */
public sealed interface Shuffled<T, R> extends Unary<T, R>
        permits FoldedByKey, GroupedByKey, SpreadByKey, Distinct, Sorted {

    /** The most partitions a shuffle makes by itself. */
    int MOST_PARTITIONS = 64;

    /** The partitions made where one stream of the input is worked on by several tasks. */
    int PARTITIONS_OF_A_PIPELINE = 16;

    /** How many partitions a shuffle of {@code input} makes: as many as there are, within bounds. */
    static int partitionsFor(Plan<?> input) {
        int count = Math.min(input.partitionCount(), MOST_PARTITIONS);
        return count < PARTITIONS_OF_A_PIPELINE && Pipelines.feed(input) ? PARTITIONS_OF_A_PIPELINE : count;
    }
}
