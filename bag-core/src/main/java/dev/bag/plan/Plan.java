package dev.bag.plan;

import org.jspecify.annotations.Nullable;

/**
 * What a bag means: an operation over other plans. Data without behaviour; each record states its meaning in one
 * sentence, and {@code PlanInterpreter} among the tests is that meaning in code.
 *
 * @param <T> the records of the bag
 */
public sealed interface Plan<T> extends Node permits Read, FromDelayed, Slot, Concatenated, Binary, Unary {

    /** How many partitions the bag has: at least 1, depending on the input and the options only. */
    int partitionCount();

    /** Calls the method of {@code cases} for this operation. */
    <X> X match(Cases<X> cases);

    /** One method an operation, so that the compiler asks for each wherever operations are told apart. */
    interface Cases<X> {

        /** For {@link Read}. */
        <T> X read(Read<T> plan);

        /** For {@link FromDelayed}. */
        <T> X fromDelayed(FromDelayed<T> plan);

        /** For {@link Concatenated}. */
        <T> X concatenated(Concatenated<T> plan);

        /** For {@link Mapped}. */
        <T, R> X mapped(Mapped<T, R> plan);

        /** For {@link MappedNotNull}. */
        <T, R> X mappedNotNull(MappedNotNull<T, R> plan);

        /** For {@link Filtered}. */
        <T> X filtered(Filtered<T> plan);

        /** For {@link Expanded}. */
        <T, R> X expanded(Expanded<T, R> plan);

        /** For {@link MappedPartitions}. */
        <T, R> X mappedPartitions(MappedPartitions<T, R> plan);

        /** For {@link MappedWith}. */
        <T, U, R> X mappedWith(MappedWith<T, U, R> plan);

        /** For {@link MappedWithResource}. */
        <T, S, R> X mappedWithResource(MappedWithResource<T, S, R> plan);

        /** For {@link Zipped}. */
        <A, B, R> X zipped(Zipped<A, B, R> plan);

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

        /** For {@link Repartitioned}. */
        <T> X repartitioned(Repartitioned<T> plan);

        /** For {@link SelectedPartition}. */
        <T> X selectedPartition(SelectedPartition<T> plan);

        /** For {@link Multiplied}. */
        <A, B> X multiplied(Multiplied<A, B> plan);

        /** For {@link Named}. */
        <T> X named(Named<T> plan);

        /** For {@link FoldedByKey}. */
        <T, K, A extends @Nullable Object, R> X foldedByKey(FoldedByKey<T, K, A, R> plan);

        /** For {@link GroupedByKey}. */
        <T, K, V> X groupedByKey(GroupedByKey<T, K, V> plan);

        /** For {@link Cogrouped}. */
        <K, V, W> X cogrouped(Cogrouped<K, V, W> plan);

        /** For {@link SpreadByKey}. */
        <T, K> X spreadByKey(SpreadByKey<T, K> plan);

        /** For {@link Distinct}. */
        <T, K> X distinct(Distinct<T, K> plan);

        /** For {@link Sorted}. */
        <T> X sorted(Sorted<T> plan);
    }
}
