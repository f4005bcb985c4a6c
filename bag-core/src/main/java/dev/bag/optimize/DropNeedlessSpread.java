package dev.bag.optimize;

import dev.bag.plan.Plan;
import dev.bag.plan.SpreadByKey;
import dev.bag.trait.EntryKey;

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
final class DropNeedlessSpread implements Rule {

    @Override
    public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
        return plan instanceof SpreadByKey<?, ?> spread
                        && spread.key() instanceof EntryKey
                        && surroundings.isByKey(spread.input(), spread.partitionCount())
                ? spread.input()
                : plan;
    }
}
