package dev.bag.optimize;

import dev.bag.plan.Limited;
import dev.bag.plan.Plan;

/**
 * Makes one limit of two, the smaller one.
 * <pre>
 *   limit 5             limit 3
 *     limit 3    =>       a
 *       a
 * </pre>
 * Not when the inner limit has other uses: then its records would be counted off twice.
 */
final class MergeLimits implements Rule {

    @Override
    public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
        if (plan instanceof Limited<?> outer
                && outer.input() instanceof Limited<?> inner
                && !surroundings.isShared(inner)) {
            return limited(inner, Math.min(outer.count(), inner.count()));
        }
        return plan;
    }

    private static <T> Plan<T> limited(Limited<T> inner, long count) {
        return new Limited<>(inner.input(), count);
    }
}
