package dev.bag.optimize;

import dev.bag.plan.InOrder.Limited;
import dev.bag.plan.InOrder.Skipped;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Saturated;
import dev.bag.plan.Sorted;
import dev.bag.plan.Within.Narrow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Rules for how many records are taken: limits, skips, and what is taken of a sort. */
final class LimitRules {

    private LimitRules() {}

    /**
     * Makes one limit of two, the smaller one.
     * <pre>
     *   limit 5             limit 3
     *     limit 3    =>       a
     *       a
     * </pre>
     * Not when the inner limit has other uses: then its records would be counted off twice.
     */
    static final class MergeLimits implements Rule {

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

    /**
     * Makes one skip of two, which skips what both do.
     * <pre>
     *   skip 5              skip 8
     *     skip 3     =>       a
     *       a
     * </pre>
     * Not when the inner skip has other uses: then its records would be counted off twice.
     */
    static final class MergeSkips implements Rule {

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

    /**
     * Limits before whatever makes one record of one, so that the function sees only records that are wanted and what
     * is below may know how many those are. Below a skip the limit grows by what is skipped. Not where a policy for errors
     * follows, which is for what is above the limit only.
     * <pre>
     *   limit 5             map
     *     map        =>       skip 2
     *       skip 2              limit 7
     *         a                   a
     * </pre>
     * Not below a filter: which records a filter keeps is not known here. Not below what has other uses: it would be
     * computed twice. Partitions stay what they are: the records that are cut off are the same ones.
     *
     * <p>A limit below another waits for that one: an unnamed one becomes one with it, a named one goes on down below
     * it. So a hundred thousand limits and maps in turn are passed once.
     */
    static final class PushLimitDown implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            if (surroundings.isNamed(plan) // it goes down with its name
                    || !(surroundings.operation(plan) instanceof Limited<?>)
                    || surroundings.isGuarded(plan)
                    || waitsForALimitAbove(plan, surroundings)) {
                return plan;
            }
            Titled titled = Titled.of(plan, surroundings);
            return titled == null ? plan : new Descending(surroundings).push(titled, plan);
        }

        /** Whether n records that come out are made of the first n that go in, or of n after some that are skipped. */
        static boolean isPassable(Node node) {
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
            record Mark(Titled titled, long count, long skippedAbove) {}

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
                        ? skipped
                                <= Long.MAX_VALUE - skip.count() // else it could not be told how much was skipped since
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

    /**
     * Tells a sort how many records are taken of it, so that it holds the first ones only instead of all.
     * <pre>
     *   limit 10            limit 10
     *     sorted     =>       sorted, only the first 10
     *       a                   a
     * </pre>
     * The limit stays: it costs nothing on so few records, and keeps its name. Not when the sort has other uses, which
     * want the other records; not when so many are taken that sorting all, in parallel, costs as little.
     */
    static final class SortOnlyWhatIsTaken implements Rule {

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
}
