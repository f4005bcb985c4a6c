package dev.bag.optimize;

import dev.bag.plan.Plan;
import dev.bag.plan.Saturated;
import dev.bag.plan.Skipped;

/**
 * Makes one skip of two, which skips what both do.
 * <pre>
 *   skip 5              skip 8
 *     skip 3     =>       a
 *       a
 * </pre>
 * Not when the inner skip has other uses: then its records would be counted off twice.
 */
final class MergeSkips implements Rule {

    @Override
    public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
        if (plan instanceof Skipped<?> outer
                && outer.input() instanceof Skipped<?> inner
                && !surroundings.isShared(inner)) {
            return new Skipped<>(inner.input(), Saturated.sum(outer.count(), inner.count()));
        }
        return plan;
    }
}
