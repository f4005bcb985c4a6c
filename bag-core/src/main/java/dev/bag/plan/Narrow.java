package dev.bag.plan;

/**
 * An operation that keeps the partitions of its input: partition k of the result comes from partition k and, for some,
 * from what a few numbers say of the partitions before it.
 *
 * @param <T> the records that go in
 * @param <R> the records that come out
 */
public sealed interface Narrow<T, R> extends Within<R>
        permits Mapped,
                MappedNotNull,
                Filtered,
                Expanded,
                ExpandedWith,
                MappedPartitions,
                MappedWith,
                MappedWithResource,
                Indexed,
                Scanned,
                Sampled,
                Limited,
                Skipped,
                TakenWhile,
                Named {

    /** Returns the bag whose partitions these are: the first of the inputs. */
    Plan<T> input();
}
