package dev.bag.optimize;

import dev.bag.plan.Cogrouped;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.Plan;
import dev.bag.plan.Routing;
import dev.bag.trait.EntryKey;

/**
 * Tells a shuffle by key which of its bags lies by that key already, so that only the other one moves.
 * <pre>
 *   join (8)            join (8), the left side in place
 *     groupBy (8)         groupBy (8)
 *       a          =>       a
 *     b                   b
 * </pre>
 * Keys and values come in the same order: all that belongs into a partition lies in one partition below, and there it is
 * in input order. Not into another number of partitions. Whether the bag has other uses does not matter: nothing is done
 * twice.
 */
final class ReusePartitioning implements Rule {

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
