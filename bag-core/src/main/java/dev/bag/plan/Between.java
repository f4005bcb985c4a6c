package dev.bag.plan;

import org.jspecify.annotations.Nullable;

/**
 * An operation that lies between stages: it ends the stages below it, which leave their records with it, and a later
 * stage begins with what it makes of them.
 *
 * @param <R> the records that come out
 */
public sealed interface Between<R> extends Plan<R> permits Shuffled, CutEvenly, Multiplied {

    /**
     * Returns whether the records that come out are entries, each in the partition to which the stable hash of its key
     * leads.
     */
    boolean placesByKey();

    /** Calls the method of {@code cases} for this operation. */
    <X> X match(Cases<X> cases);

    /** One method an operation, so that the compiler asks for each wherever operations are told apart. */
    interface Cases<X> {

        /** For {@link FoldedByKey}. */
        <T, K, A extends @Nullable Object, R> X foldedByKey(FoldedByKey<T, K, A, R> plan);

        /** For {@link GroupedByKey}. */
        <T, K, V, R> X groupedByKey(GroupedByKey<T, K, V, R> plan);

        /** For {@link Cogrouped}. */
        <K, V, W, R> X cogrouped(Cogrouped<K, V, W, R> plan);

        /** For {@link SpreadByKey}. */
        <T, K> X spreadByKey(SpreadByKey<T, K> plan);

        /** For {@link Distinct}. */
        <T, K> X distinct(Distinct<T, K> plan);

        /** For {@link Sorted}. */
        <T, K> X sorted(Sorted<T, K> plan);

        /** For {@link CutEvenly}. */
        <T> X cutEvenly(CutEvenly<T> plan);

        /** For {@link Multiplied}. */
        <A, B> X multiplied(Multiplied<A, B> plan);
    }
}
