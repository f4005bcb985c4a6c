package dev.bag.optimize;

import dev.bag.plan.Cogrouped;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Plan;
import dev.bag.plan.Shuffled.Distinct;
import dev.bag.plan.Shuffled.Routing;
import dev.bag.plan.Shuffled.SpreadByKey;
import dev.bag.plan.Sorted;
import dev.bag.trait.Traits.EntryKey;
import dev.bag.value.Pair;
import org.jspecify.annotations.Nullable;

/** Rules for shuffles and sorts: what lies where it belongs is not moved again. */
final class ShuffleRules {

    private ShuffleRules() {}

    /**
     * Leaves out a sort of what is sorted by the same comparator.
     * <pre>
     *   sorted              sorted
     *     sorted     =>       a
     *       a
     * </pre>
     * Only where the comparator, and the function of the key if there is one, are the same objects: two that are made
     * alike may differ. Never the inner one of two different sorts: it decides the order of what is equal for the outer
     * one.
     */
    static final class DropNeedlessSort implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            return plan instanceof Sorted<?, ?> outer
                            && surroundings.operation(outer.input()) instanceof Sorted<?, ?> inner
                            && inner.isSameOrderAs(outer)
                            && inner.most() == Sorted.ALL
                            && inner.partitionCount() == outer.partitionCount()
                    ? outer.input()
                    : plan;
        }
    }

    /**
     * Leaves out a distinct of what is distinct by the same function already, in as many partitions.
     * <pre>
     *   distinct by f       distinct by f
     *     distinct by f =>    a
     *       a
     * </pre>
     * Only where the function is the same object. Not into another number of partitions: then records move.
     */
    static final class DropNeedlessDistinct implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            return plan instanceof Distinct<?, ?> outer
                            && surroundings.operation(outer.input()) instanceof Distinct<?, ?> inner
                            && inner.key() == outer.key()
                            && inner.partitionCount() == outer.partitionCount()
                    ? outer.input()
                    : plan;
        }
    }

    /**
     * Leaves out a spread of entries that lie where they belong already.
     * <pre>
     *   partitionByKey 8    mapValues
     *     mapValues           groupBy (8)
     *       groupBy (8)  =>     a
     *         a
     * </pre>
     * Not into another number of partitions: then entries move.
     */
    static final class DropNeedlessSpread implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            return plan instanceof SpreadByKey<?, ?> spread
                            && spread.key() instanceof EntryKey
                            && surroundings.isByKey(spread.input(), spread.partitionCount())
                    ? spread.input()
                    : plan;
        }
    }

    /**
     * Leaves out a spread below a fold by the same key, which combines the entries of each key before it spreads what
     * they have come to; and below a cogroup, which spreads by itself.
     * <pre>
     *   foldValues (8)        foldValues (8)
     *     partitionByKey 8 =>   a
     *       a
     * </pre>
     * A spread keeps input order within each partition, so with as many partitions the keys of each are first seen in
     * the same order, and the values of a key come in the same order. With another number they would not: the keys of
     * one target would be met in the order of other partitions. Not when the spread has other uses: then it is made
     * anyhow, and the fold finds its entries in place.
     */
    static final class CombineBeforeSpread implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            if (plan instanceof FoldedByKey<?, ?, ?, ?> folded && folded.key() instanceof EntryKey) {
                return combined(folded, surroundings);
            }
            if (plan instanceof Cogrouped<?, ?, ?, ?> cogrouped) {
                return combined(cogrouped, surroundings);
            }
            return plan;
        }

        private static <T> Plan<?> combined(FoldedByKey<T, ?, ?, ?> folded, Surroundings surroundings) {
            Plan<T> below = belowSpread(folded.input(), folded.partitionCount(), surroundings);
            return below == null ? folded : folded.routed(below, Routing.BY_HASH);
        }

        private static <K, V, W, R> Plan<?> combined(Cogrouped<K, V, W, R> cogrouped, Surroundings surroundings) {
            Cogrouped<K, V, W, R> result = cogrouped;
            Plan<Pair<K, V>> left = belowSpread(cogrouped.left(), cogrouped.partitionCount(), surroundings);
            if (left != null) {
                result = result.leftRouted(left, Routing.BY_HASH);
            }
            Plan<Pair<K, W>> right = belowSpread(cogrouped.right(), cogrouped.partitionCount(), surroundings);
            return right == null ? result : result.rightRouted(right, Routing.BY_HASH);
        }

        /** What {@code input} spreads by the key of its entries, if it does just that, for this one use. */
        @SuppressWarnings("unchecked") // a spread and its names have the records of what is spread
        private static <T> @Nullable Plan<T> belowSpread(Plan<T> input, int count, Surroundings surroundings) {
            return surroundings.operation(input) instanceof SpreadByKey<?, ?> spread
                            && spread.key() instanceof EntryKey
                            && spread.partitionCount() == count
                            && Titled.ofUnshared(input, surroundings) != null
                    ? (Plan<T>) spread.input()
                    : null;
        }
    }

    /**
     * Tells a shuffle by key which of its bags lies by that key already, so that only the other one moves.
     * <pre>
     *   join (8)            join (8), the left side in place
     *     groupBy (8)         groupBy (8)
     *       a          =>       a
     *     b                   b
     * </pre>
     * Keys and values come in the same order: all that belongs into a partition lies in one partition below, and there
     * it is in input order. Not into another number of partitions. Whether the bag has other uses does not matter:
     * nothing is done twice.
     */
    static final class ReusePartitioning implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            if (plan instanceof FoldedByKey<?, ?, ?, ?> folded
                    && folded.key() instanceof EntryKey
                    && canReuse(folded.input(), folded.routing(), folded.partitionCount(), surroundings)) {
                return inPlace(folded);
            }
            if (plan instanceof GroupedByKey<?, ?, ?, ?> grouped
                    && grouped.key() instanceof EntryKey
                    && canReuse(grouped.input(), grouped.routing(), grouped.partitionCount(), surroundings)) {
                return inPlace(grouped);
            }
            if (plan instanceof Cogrouped<?, ?, ?, ?> cogrouped) {
                return sidesInPlace(cogrouped, surroundings);
            }
            return plan;
        }

        private static boolean canReuse(Plan<?> input, Routing routing, int partitionCount, Surroundings surroundings) {
            return routing == Routing.BY_HASH && surroundings.isByKey(input, partitionCount);
        }

        private static <T> Plan<?> inPlace(FoldedByKey<T, ?, ?, ?> folded) {
            return folded.routed(folded.input(), Routing.IN_PLACE);
        }

        private static <T> Plan<?> inPlace(GroupedByKey<T, ?, ?, ?> grouped) {
            return grouped.routed(grouped.input(), Routing.IN_PLACE);
        }

        private static <K, V, W, R> Plan<?> sidesInPlace(Cogrouped<K, V, W, R> plan, Surroundings surroundings) {
            Cogrouped<K, V, W, R> result = plan;
            if (canReuse(plan.left(), plan.leftRouting(), plan.partitionCount(), surroundings)) {
                result = result.leftRouted(plan.left(), Routing.IN_PLACE);
            }
            if (canReuse(plan.right(), plan.rightRouting(), plan.partitionCount(), surroundings)) {
                result = result.rightRouted(plan.right(), Routing.IN_PLACE);
            }
            return result;
        }
    }
}
