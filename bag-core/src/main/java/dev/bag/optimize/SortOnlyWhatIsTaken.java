package dev.bag.optimize;

import dev.bag.plan.Limited;
import dev.bag.plan.Plan;
import dev.bag.plan.Sorted;

/**
 * Tells a sort how many records are taken of it, so that it holds the first ones only instead of all.
 * <pre>
 *   limit 10            limit 10
 *     sorted     =>       sorted, only the first 10
 *       a                   a
 * </pre>
 * The limit stays: it costs nothing on so few records, and keeps its name. Not when the sort has other uses, which want
 * the other records; not when so many are taken that sorting all, in parallel, costs as little.
 */
final class SortOnlyWhatIsTaken implements Rule {

    /** Beyond this many the first ones are no small part that fits anywhere. */
    private static final long MOST_TAKEN = 100_000;

    @Override
    public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
        if (plan instanceof Limited<?> limit
                && limit.count() <= MOST_TAKEN
                && surroundings.operation(limit.input()) instanceof Sorted<?, ?> sorted
                && limit.count() < sorted.most()) {
            Titled titled = Titled.ofUnshared(limit.input(), surroundings);
            if (titled != null) {
                return new Limited<>(titled.around(sorted.withMost(limit.count())), limit.count());
            }
        }
        return plan;
    }
}
