package dev.bag.optimize;

import dev.bag.plan.Limited;
import dev.bag.plan.Narrow;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Saturated;
import dev.bag.plan.Skipped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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
 * <p>A limit below another waits for that one: an unnamed one becomes one with it, a named one goes on down below it. So
 * a hundred thousand limits and maps in turn are passed once.
 */
final class PushLimitDown implements Rule {

    @Override
    public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
        if (surroundings.isNamed(plan) // it goes down with its name
                || !(surroundings.operation(plan) instanceof Limited<?>)
                || waitsForALimitAbove(plan, surroundings)) {
            return plan;
        }
        Titled titled = Titled.of(plan, surroundings);
        return titled == null ? plan : new Descending(surroundings).push(titled, plan);
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
        if (!(above instanceof Limited<?>)) {
            return false;
        }
        while (above != null && surroundings.isNamed(above)) {
            above = surroundings.onlyConsumer(above);
        }
        return above != null;
    }

    /** A limit on its way down, with those it has come to. */
    private static final class Descending {

        private final Surroundings surroundings;
        /** The limits, the one that came from furthest above first. */
        private final List<Mark> limits = new ArrayList<>();

        private final Deque<Titled> passed = new ArrayDeque<>();
        /** How many records are left out by the skips that were passed. */
        private long skipped;

        /** A limit, and how many records had been left out above it. */
        private record Mark(Titled titled, long count, long skippedAbove) {}

        Descending(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        Plan<?> push(Titled top, Plan<?> plan) {
            Titled next = top;
            Plan<?> below = plan;
            while (next != null && canPass(next.operation())) {
                pass(next);
                below = ((Narrow<?, ?>) next.operation()).input();
                next = Titled.ofUnshared(below, surroundings);
            }
            return passed.isEmpty() ? plan : over(below);
        }

        private boolean canPass(Plan<?> operation) {
            return operation instanceof Skipped<?> skip
                    ? skipped <= Long.MAX_VALUE - skip.count() // else it could not be told how much was skipped since
                    : operation instanceof Limited<?> || isPassable(operation);
        }

        private void pass(Titled next) {
            if (!(next.operation() instanceof Limited<?> limit)) {
                passed.push(next);
                skipped += next.operation() instanceof Skipped<?> skip ? skip.count() : 0;
            } else if (limits.isEmpty() || !next.names().isEmpty()) {
                limits.add(new Mark(next, limit.count(), skipped));
            } else {
                Mark last = limits.remove(limits.size() - 1);
                limits.add(new Mark(last.titled(), Math.min(countHere(last), limit.count()), skipped));
            }
        }

        /** How many records must come here for those that a limit wants. */
        private long countHere(Mark limit) {
            return Saturated.sum(limit.count(), skipped - limit.skippedAbove());
        }

        private Plan<?> over(Plan<?> below) {
            Plan<?> result = below;
            for (int i = limits.size() - 1; i >= 0; i--) {
                Mark limit = limits.get(i);
                result = limit.titled().around(new Limited<>(result, countHere(limit)));
            }
            for (Titled each : passed) {
                result = each.over(result);
            }
            return result;
        }
    }
}
