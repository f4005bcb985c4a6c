package dev.bag.optimize;

import dev.bag.plan.Between;
import dev.bag.plan.Narrow;
import dev.bag.plan.Plan;

/** What is known of where entries lie, from the shuffle they come from and what was done with them since. */
final class Partitioning {

    private Partitioning() {}

    /** Whether each entry of {@code plan} lies in that of {@code count} partitions to which the hash of its key leads. */
    static boolean isByKey(Plan<?> plan, int count) {
        Plan<?> at = plan;
        while (at instanceof Narrow<?, ?> narrow && narrow.keepsKeys()) {
            at = narrow.input();
        }
        return at instanceof Between<?> between && between.placesByKey() && at.partitionCount() == count;
    }
}
