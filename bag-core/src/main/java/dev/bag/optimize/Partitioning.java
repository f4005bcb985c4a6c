package dev.bag.optimize;

import dev.bag.plan.Cogrouped;
import dev.bag.plan.EntryKey;
import dev.bag.plan.Expanded;
import dev.bag.plan.Filtered;
import dev.bag.plan.FoldedByKey;
import dev.bag.plan.GroupedByKey;
import dev.bag.plan.KeepsKeys;
import dev.bag.plan.Limited;
import dev.bag.plan.Mapped;
import dev.bag.plan.Named;
import dev.bag.plan.Narrow;
import dev.bag.plan.Plan;
import dev.bag.plan.Sampled;
import dev.bag.plan.Skipped;
import dev.bag.plan.SpreadByKey;
import dev.bag.plan.TakenWhile;

/** What is known of where entries lie, from the shuffle they come from and what was done with them since. */
final class Partitioning {

    private Partitioning() {}

    /** Whether each entry of {@code plan} lies in that of {@code count} partitions to which the hash of its key leads. */
    static boolean isByKey(Plan<?> plan, int count) {
        Plan<?> at = plan;
        while (at instanceof Narrow<?, ?> narrow && leavesEntriesInPlace(narrow)) {
            at = narrow.input();
        }
        return spreadsByKey(at) && at.partitionCount() == count;
    }

    /** Whether the entries that come out have the keys of those that go in, partition by partition. */
    private static boolean leavesEntriesInPlace(Narrow<?, ?> plan) {
        return plan instanceof Filtered<?>
                || plan instanceof Named<?>
                || plan instanceof Limited<?>
                || plan instanceof Skipped<?>
                || plan instanceof TakenWhile<?>
                || plan instanceof Sampled<?>
                || (plan instanceof Mapped<?, ?> mapped && mapped.function() instanceof KeepsKeys)
                || (plan instanceof Expanded<?, ?> expanded && expanded.expander() instanceof KeepsKeys);
    }

    private static boolean spreadsByKey(Plan<?> plan) {
        return plan instanceof FoldedByKey<?, ?, ?, ?>
                || plan instanceof GroupedByKey<?, ?, ?>
                || plan instanceof Cogrouped<?, ?, ?>
                || (plan instanceof SpreadByKey<?, ?> spread && spread.key() instanceof EntryKey);
    }
}
