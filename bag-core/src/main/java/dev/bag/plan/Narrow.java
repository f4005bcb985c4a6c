package dev.bag.plan;

/**
 * An operation that keeps the partitions of its input: partition k of the result comes from partition k and, for some,
 * from what a few numbers say of the partitions before it.
 *
 * @param <T> the records that go in
 * @param <R> the records that come out
 */
public sealed interface Narrow<T, R> extends Unary<T, R>
        permits Mapped,
                MappedNotNull,
                Filtered,
                Expanded,
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

    /** That of the first bag below which decides it; a loop, because a hundred thousand maps may be in between. */
    @Override
    default int partitionCount() {
        Plan<?> plan = input();
        while (plan instanceof Narrow<?, ?> narrow) {
            plan = narrow.input();
        }
        return plan.partitionCount();
    }
}
