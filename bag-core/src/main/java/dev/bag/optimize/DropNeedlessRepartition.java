package dev.bag.optimize;

import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;

/**
 * Leaves out a repartition into as many partitions as there are.
 * <pre>
 *   repartition 8       a (8 partitions)
 *     a (8)      =>
 * </pre>
 * Not one into more or fewer, even below a result that does not see partitions, or a shuffle that has stored how many it
 * makes. More partitions are what lets several threads work where the source has only one part; and what calls the user's
 * functions above, a map, the fold itself, {@code forEach} or the key of a shuffle, may be the costly work they are for.
 * Fewer cost nothing as long as nobody sees them: joined partitions stay apart then.
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
