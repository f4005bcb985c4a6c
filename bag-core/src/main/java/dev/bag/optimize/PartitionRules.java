package dev.bag.optimize;

import dev.bag.plan.Concatenated;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Repartitioned.CutEvenly;
import dev.bag.plan.Repartitioned.JoinedNeighbours;
import dev.bag.plan.Sorted;
import dev.bag.plan.Value.Folded;
import dev.bag.trait.Traits.KeyOrder;
import dev.bag.trait.Traits.LongSum;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Rules for operations that change only which partitions there are: concatenations and repartitions. */
final class PartitionRules {

    private PartitionRules() {}

    /**
     * Makes one concatenation of nested ones, so that records pass one operation however deep they are nested.
     * <pre>
     *   concat              concat
     *     concat              a
     *       a          =>     b
     *       b                 c
     *     c
     * </pre>
     * Not of one that is itself only a part of another: flattening at the top takes its parts along, and a hundred
     * thousand nested ones are copied once. And none that has other uses is taken apart: its parts would be listed once
     * for each, and a bag that is concatenated with itself again and again has as many as there are partitions.
     */
    static final class FlattenConcat implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            if (!(plan instanceof Concatenated<?> top)
                    || surroundings.isOnlyConcatenated(plan)
                    || !isNested(top, surroundings)) {
                return plan;
            }
            List<Plan<?>> parts = new ArrayList<>();
            Deque<Plan<?>> open = new ArrayDeque<>();
            pushParts(top, open);
            while (!open.isEmpty()) {
                Plan<?> next = open.pop();
                if (next instanceof Concatenated<?> concat && !surroundings.isShared(concat)) {
                    pushParts(concat, open);
                } else {
                    parts.add(next);
                }
            }
            return Concatenated.of(parts);
        }

        private static boolean isNested(Concatenated<?> concat, Surroundings surroundings) {
            return concat.bags().stream()
                    .anyMatch(bag -> bag instanceof Concatenated<?> && !surroundings.isShared(bag));
        }

        private static void pushParts(Concatenated<?> concat, Deque<Plan<?>> open) {
            for (int i = concat.bags().size() - 1; i >= 0; i--) {
                open.push(concat.bags().get(i));
            }
        }
    }

    /**
     * Makes one repartition of two where it puts every record into the same partition.
     * <pre>
     *   repartition 9       repartition 9
     *     repartition 2 =>    a (5 partitions)
     *       a (5)
     * </pre>
     * What is cut evenly by its records forgets the partitions below. What is joined must have borders that the
     * partitions between have too, so that their number is a multiple; both must come about in one way, by records or
     * by neighbours. Else the second repartition moves what the first one has put together. Not when the inner
     * repartition has other uses: then all records would be kept twice. And not when nothing would lie between two
     * chains of functions of whole partitions any more, which may be as long as a stage can bear, each.
     */
    static final class MergeRepartitions implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            if (plan instanceof Repartitioned<?> outer
                    && outer.input() instanceof Repartitioned<?> inner
                    && !surroundings.isShared(outer.input())
                    && !(outer instanceof JoinedNeighbours<?>
                            && inner instanceof CutEvenly<?>
                            && isNested(inner.input()))
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

    /**
     * Leaves out a repartition into as many partitions as there are.
     * <pre>
     *   repartition 8       a (8 partitions)
     *     a (8)      =>
     * </pre>
     * Not one into more or fewer, even below a result that does not see partitions, or a shuffle that has stored how
     * many it makes. More partitions are what lets several threads work where the source has only one part; and what
     * calls the user's functions above, a map, the fold itself, {@code forEach} or the key of a shuffle, may be the
     * costly work they are for. Fewer cost nothing as long as they are not seen: joined partitions stay apart then.
     */
    static final class DropNeedlessRepartition implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            return plan instanceof Repartitioned<?> repartitioned
                            && repartitioned.partitionCount()
                                    == repartitioned.input().partitionCount()
                    ? repartitioned.input()
                    : plan;
        }
    }

    /**
     * Leaves out what only moves records, or puts them into their natural order, where they are only counted: then a source
     * may tell how many there are without making them.
     * <pre>
     *   count               count
     *     repartition  =>     a
     *       a
     * </pre>
     * Not a sort by a function or comparator of the user, which may do more than compare. That records without a natural
     * order have none is not found out then.
     */
    static final class DropBelowCount implements Rule {

        @Override
        public Plan<?> rewrite(Plan<?> plan, Surroundings surroundings) {
            if (!onlyMoves(plan)
                    || !(surroundings.onlyConsumer(plan) instanceof Folded<?, ?, ?> folded)
                    || !counts(folded)) {
                return plan;
            }
            Plan<?> below = (Plan<?>) plan.inputs().get(0);
            while (onlyMoves(below) && surroundings.onlyConsumer(below) != null) {
                below = (Plan<?>) below.inputs().get(0);
            }
            return below;
        }

        private static boolean onlyMoves(Plan<?> plan) {
            return plan instanceof Repartitioned<?>
                    || (plan instanceof Sorted<?, ?> sorted
                            && sorted.key() == null
                            && sorted.most() == Sorted.ALL
                            && sorted.comparator() instanceof KeyOrder);
        }

        private static boolean counts(Folded<?, ?, ?> folded) {
            return folded.fold() instanceof LongSum<?, ?> sum && sum.onlyCounts();
        }
    }
}
