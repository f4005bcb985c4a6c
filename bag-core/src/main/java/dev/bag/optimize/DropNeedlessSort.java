package dev.bag.optimize;

import dev.bag.plan.Plan;
import dev.bag.plan.Sorted;

/**
 * Leaves out a sort of what is sorted by the same comparator.
 * <pre>
 *   sorted              sorted
 *     sorted     =>       a
 *       a
 * </pre>
 * Only where the comparator, and the function of the key if there is one, are the same objects: two that are made alike may
 * differ. Never the inner one of two different
 * sorts: it decides the order of what is equal for the outer one.
 */
final class DropNeedlessSort implements Rule {

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
