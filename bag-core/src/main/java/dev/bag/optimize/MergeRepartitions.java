package dev.bag.optimize;

import dev.bag.plan.CutEvenly;
import dev.bag.plan.JoinedNeighbours;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;

/**
 * Makes one repartition of two where it puts every record into the same partition.
 * <pre>
 *   repartition 9       repartition 9
 *     repartition 2 =>    a (5 partitions)
 *       a (5)
 * </pre>
 * What is cut evenly by its records forgets the partitions below. What is joined must have borders that the partitions
 * between have too, so that their number is a multiple; both must come about in one way, by records or by neighbours.
 * Else the second repartition moves what the first one has put together. Not when the inner repartition has other uses:
 * then all records would be kept twice. And not when nothing would lie between two chains of functions of whole partitions
 * any more, which may be as long as a stage can bear, each.
 */
final class MergeRepartitions implements Rule {

    @Override
    public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
        if (plan instanceof Repartitioned<?> outer
                && outer.input() instanceof Repartitioned<?> inner
                && !surroundings.isShared(outer.input())
                && !(outer instanceof JoinedNeighbours<?> && inner instanceof CutEvenly<?> && isNested(inner.input()))
                && isOne(inner.input().partitionCount(), inner.partitionCount(), outer.partitionCount())) {
            return Repartitioned.of(inner.input(), outer.partitionCount());
        }
        return plan;
    }

    private static boolean isNested(Plan<?> plan) {
        return plan.shape().nesting() > 0;
    }

    /** Whether {@code from} partitions become {@code to} the same ones, directly or over {@code between} others. */
    private static boolean isOne(int from, int between, int to) {
        boolean forgetsBetween = to > between && to > from;
        boolean bordersAreBorders = between % to == 0;
        boolean bothInOneWay = to > from || between <= from;
        return to == 1 || forgetsBetween || (bordersAreBorders && bothInOneWay);
    }
}
