package dev.bag.plan;

import dev.bag.plan.Repartitioned.CutEvenly;
import dev.bag.plan.Shuffled.Distinct;
import dev.bag.plan.Shuffled.SpreadByKey;
import dev.bag.value.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation that lies between stages: it ends the stages below it, which leave their records with it, and a later
 * stage begins with what it makes of them.
 *
 * @param <R> the records that come out
 */
public sealed interface Between<R> extends Plan<R> permits Shuffled, CutEvenly, Between.Multiplied {

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

    /**
     * All pairs: partition {@code i * m + j} holds those of partition i of the left and j of the right bag, which has
     * m.
     */
    record Multiplied<A, B>(Plan<A> left, Plan<B> right, Shape shape) implements Between<Pair<A, B>> {

        /** All pairs of {@code left} and {@code right}. */
        public static <A, B> Multiplied<A, B> of(Plan<A> left, Plan<B> right) {
            long count = (long) left.partitionCount() * right.partitionCount();
            if (count > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("product: " + left.partitionCount() + " times "
                        + right.partitionCount() + " partitions are more than an int counts; use repartition(n) first");
            }
            return new Multiplied<>(
                    left,
                    right,
                    left.shape().with(right.shape()).withPartitions((int) count).kept());
        }

        @Override
        public List<Node> inputs() {
            return List.of(left, right);
        }

        @Override
        public Multiplied<A, B> withInputs(List<? extends Node> inputs) {
            return of(Inputs.plan(inputs, 0), Inputs.plan(inputs, 1));
        }

        @Override
        public String operator() {
            return "product";
        }

        @Override
        public boolean placesByKey() {
            return false;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.multiplied(this);
        }
    }
}
