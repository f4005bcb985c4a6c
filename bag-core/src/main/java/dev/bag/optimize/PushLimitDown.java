package dev.bag.optimize;

import dev.bag.plan.Limited;
import dev.bag.plan.Narrow;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Skipped;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Limits before whatever makes one record of one, so that the function sees only records that are wanted and what is
 * below may know how many those are. Below a skip the limit grows by what is skipped.
 * <pre>
 *   limit 5             map
 *     map        =>       skip 2
 *       skip 2              limit 7
 *         a                   a
 * </pre>
 * Not below a filter: which records a filter keeps is not known here. Not below what has other uses: it would be computed
 * twice. Partitions stay what they are: the records that are cut off are the same ones.
 *
 * <p>A limit below another waits for that one and becomes one with it, so that a hundred thousand limits and maps in turn
 * are passed once.
 */
final class PushLimitDown implements Rule {

    @Override
    public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
        if (surroundings.isNamed(plan)) {
            return plan; // it goes down with its name
        }
        Titled titled = Titled.of(plan);
        if (titled.operation() instanceof Limited<?> limit
                && !titled.isSharedBelow(surroundings)
                && isPassed(Titled.of(limit.input()), surroundings)
                && !(titled.names().isEmpty() && waitsForALimitAbove(plan, surroundings))) {
            return pushed(titled, limit, surroundings);
        }
        return plan;
    }

    private static Plan<?> pushed(Titled titled, Limited<?> limit, Surroundings surroundings) {
        long count = limit.count();
        Deque<Titled> passed = new ArrayDeque<>();
        Titled next = Titled.of(limit.input());
        while (isPassed(next, surroundings) || isMerged(next, surroundings)) {
            if (next.operation() instanceof Limited<?> inner) {
                count = Math.min(count, inner.count());
            } else {
                count = next.operation() instanceof Skipped<?> skip ? Saturated.sum(count, skip.count()) : count;
                passed.push(next);
            }
            next = Titled.of(((Narrow<?, ?>) next.operation()).input());
        }
        Plan<?> result = titled.around(new Limited<>(next.plan(), count));
        for (Titled each : passed) {
            result = each.over(result);
        }
        return result;
    }

    private static boolean isPassed(Titled titled, Surroundings surroundings) {
        return isPassable(titled.operation()) && !titled.isShared(surroundings);
    }

    private static boolean isMerged(Titled titled, Surroundings surroundings) {
        return titled.operation() instanceof Limited<?> && titled.names().isEmpty() && !titled.isShared(surroundings);
    }

    /** Whether n records that come out are made of the first n that go in, or of n after some that are skipped. */
    private static boolean isPassable(Node node) {
        return node instanceof Skipped<?> || (node instanceof Narrow<?, ?> narrow && narrow.oneForOne());
    }

    /** Whether a limit further up comes down to here. */
    private static boolean waitsForALimitAbove(Plan<?> plan, Surroundings surroundings) {
        Node above = surroundings.onlyConsumer(plan);
        while (above != null && isPassable(above)) {
            above = surroundings.onlyConsumer(above);
        }
        return above instanceof Limited<?>
                && (!surroundings.isNamed(above) || surroundings.onlyConsumer(above) != null);
    }
}
