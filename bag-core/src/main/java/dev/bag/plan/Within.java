package dev.bag.plan;

import dev.bag.plan.InOrder.Indexed;
import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.InOrder.TakenWhile;
import dev.bag.plan.Repartitioned.JoinedNeighbours;

/**
 * An operation that works within a stage: records pass through it one by one, and nothing is kept.
 *
 * @param <R> the records that come out
 */
public sealed interface Within<R> extends Plan<R>
        permits Within.Narrow, Zipped, Concatenated, SelectedPartition, JoinedNeighbours {

    /** Returns what this must see of a partition at a time. */
    Flow flow();

    /**
     * Returns whether each record of the one bag below makes the one record that comes out in its place, in the same
     * partition: then n records that come out are made of the first n that go in.
     */
    boolean oneForOne();

    /** Returns whether entries that come out have the keys of those that go in, partition by partition. */
    boolean keepsKeys();

    /** Calls the method of {@code cases} for this operation. */
    <X> X match(Cases<X> cases);

    /** One method an operation, so that the compiler asks for each wherever operations are told apart. */
    interface Cases<X> {

        /** For {@link Mapped}. */
        <T, R> X mapped(Mapped<T, R> plan);

        /** For {@link Mapped.NotNull}. */
        <T, R> X mappedNotNull(Mapped.NotNull<T, R> plan);

        /** For {@link Filtered}. */
        <T> X filtered(Filtered<T> plan);

        /** For {@link Expanded}. */
        <T, R> X expanded(Expanded<T, R> plan);

        /** For {@link Expanded.With}. */
        <T, U, R> X expandedWith(Expanded.With<T, U, R> plan);

        /** For {@link MappedPartitions}. */
        <T, R> X mappedPartitions(MappedPartitions<T, R> plan);

        /** For {@link MappedPartitions.Elsewhere}. */
        <T, R> X mappedElsewhere(MappedPartitions.Elsewhere<T, R> plan);

        /** For {@link Mapped.With}. */
        <T, U, R> X mappedWith(Mapped.With<T, U, R> plan);

        /** For {@link Mapped.WithResource}. */
        <T, S, R> X mappedWithResource(Mapped.WithResource<T, S, R> plan);

        /** For {@link Indexed}. */
        <T> X indexed(Indexed<T> plan);

        /** For {@link Scanned}. */
        <T, A> X scanned(Scanned<T, A> plan);

        /** For {@link Sampled}. */
        <T> X sampled(Sampled<T> plan);

        /** For {@link Limited}. */
        <T> X limited(Limited<T> plan);

        /** For {@link Skipped}. */
        <T> X skipped(Skipped<T> plan);

        /** For {@link TakenWhile}. */
        <T> X takenWhile(TakenWhile<T> plan);

        /** For {@link Named}. */
        <T> X named(Named<T> plan);

        /** For {@link Guarded}. */
        <T> X guarded(Guarded<T> plan);

        /** For {@link Zipped}. */
        <A, B, R> X zipped(Zipped<A, B, R> plan);

        /** For {@link Concatenated}. */
        <T> X concatenated(Concatenated<T> plan);

        /** For {@link SelectedPartition}. */
        <T> X selectedPartition(SelectedPartition<T> plan);

        /** For {@link JoinedNeighbours}. */
        <T> X joinedNeighbours(JoinedNeighbours<T> plan);
    }

    /** What an operation within a stage must see of a partition, and of those before it. */
    enum Flow {
        /** One record at a time: the records of a partition may come in pieces, to several threads at once. */
        EACH_RECORD,
        /** Each partition as a whole, on one thread. */
        WHOLE_PARTITION,
        /** Each partition as a whole, and something that is carried on from every partition to the next. */
        IN_ORDER
    }

    /**
     * An operation that keeps the partitions of its input: partition k of the result comes from partition k and, for
     * some, from what a few numbers say of the partitions before it.
     *
     * @param <T> the records that go in
     * @param <R> the records that come out
     */
    sealed interface Narrow<T, R> extends Within<R>
            permits Mapped,
                    Mapped.NotNull,
                    Filtered,
                    Expanded,
                    Expanded.With,
                    MappedPartitions,
                    MappedPartitions.Elsewhere,
                    Mapped.With,
                    Mapped.WithResource,
                    Indexed,
                    Scanned,
                    Sampled,
                    Limited,
                    Skipped,
                    TakenWhile,
                    Named,
                    Guarded {

        /** Returns the bag whose partitions this operation keeps: the first of its inputs. */
        Plan<T> input();
    }
}
