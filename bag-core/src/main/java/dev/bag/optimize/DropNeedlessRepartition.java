package dev.bag.optimize;

import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;

/**
 * Leaves out a repartition into as many partitions as there are.
 * <pre>
 *   repartition 8       a (8 partitions)
 *     a (8)      =>
 * </pre>
 * Not into any other number, even if a later repartition undoes it: joining and cutting again moves records.
 */
final class DropNeedlessRepartition implements Rule {

    @Override
    public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
        return plan instanceof Repartitioned<?> repartitioned
                        && repartitioned.partitionCount()
                                == repartitioned.input().partitionCount()
                ? repartitioned.input()
                : plan;
    }
}
