package dev.bag.optimize;

import dev.bag.plan.Distinct;
import dev.bag.plan.Plan;

/**
 * Leaves out a distinct of what is distinct by the same function already, in as many partitions.
 * <pre>
 *   distinct by f       distinct by f
 *     distinct by f =>    a
 *       a
 * </pre>
 * Only where the function is the same object. Not into another number of partitions: then records move.
 */
final class DropNeedlessDistinct implements Rule {

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
