package dev.bag.optimize;

import dev.bag.plan.Cogrouped;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.Plan;
import dev.bag.plan.Routing;
import dev.bag.plan.SpreadByKey;
import dev.bag.trait.EntryKey;
import dev.bag.value.Pair;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out a spread below a fold by the same key, which combines the entries of each key before it spreads what they
 * have come to; and below a cogroup, which spreads by itself.
 * <pre>
 *   foldValues (8)        foldValues (8)
 *     partitionByKey 8 =>   a
 *       a
 * </pre>
 * A spread keeps input order within each partition, so with as many partitions the keys of each are first seen in the
 * same order, and the values of a key come in the same order. With another number they would not: the keys of one target
 * would be met in the order of other partitions. Not when the spread has other uses: then it is made anyhow, and the fold
 * finds its entries in place.
 */
final class CombineBeforeSpread implements Rule {

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
