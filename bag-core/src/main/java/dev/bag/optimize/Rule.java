package dev.bag.optimize;

import dev.bag.plan.Between;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Guarded;
import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Within.Narrow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rewrites one operation into an equal one that costs less. */
interface Rule {

    /** What to put in the place of {@code plan}, whose inputs are rewritten already; itself when the rule does not fit. */
    Plan<?> rewrite(Plan<?> plan, Surroundings surroundings);

    /**
     * What rules may ask beyond the node itself: what it is used for, and what is below it. A node that a rule has made
     * has one use.
     */
    final class Surroundings {

        private final Node.Order order;
        private final int[] consumers;
        private final int[] concatenations;
        /** Any one of the nodes computed from each, as the plan was; {@link Named} if there is such. */
        private final @Nullable Node[] consumer;
        /** The node of the plan as it was, for each new one. */
        private final Map<Node, Node> originals = new IdentityHashMap<>();

        /** Those that a policy follows, by their places. */
        private final BitSet guarded;

        private final Descent belowNames = new Descent(plan -> plan instanceof Named<?> named ? named.input() : null);
        private final Descent belowWhatKeepsKeys =
                new Descent(plan -> plan instanceof Narrow<?, ?> narrow && narrow.keepsKeys() ? narrow.input() : null);

        Surroundings(Node.Order order) {
            int count = order.nodes().size();
            this.order = order;
            this.consumers = new int[count];
            this.concatenations = new int[count];
            this.consumer = new @Nullable Node[count];
            for (Node node : order.nodes()) {
                for (Node input : node.inputs()) {
                    count(order.placeOf(input), node);
                }
            }
            this.guarded = guarded(order);
        }

        private static BitSet guarded(Node.Order order) {
            BitSet guarded = new BitSet(0);
            for (int place = order.nodes().size() - 1; place >= 0; place--) {
                Node node = order.nodes().get(place);
                if (node instanceof Guarded<?> || (guarded.get(place) && Guarded.letsThrough(node))) {
                    for (Node input : node.inputs()) {
                        guarded.set(order.placeOf(input));
                    }
                }
            }
            return guarded;
        }

        private void count(int place, Node by) {
            consumers[place]++;
            concatenations[place] += by instanceof Concatenated<?> ? 1 : 0;
            if (!(consumer[place] instanceof Named<?>)) {
                consumer[place] = by;
            }
        }

        /** {@code node} is about to come in the place of {@code original}. */
        void standsFor(Node node, Node original) {
            if (original != node && !order.contains(node)) {
                originals.putIfAbsent(node, original);
            }
        }

        /**
         * {@code node} has come in the place of {@code original}. If it was there before, it now has the uses of both.
         */
        void replaced(Node original, Node node) {
            int from = order.placeOf(original);
            int to = order.placeOf(known(node));
            if (from != to) {
                consumers[to] += consumers[from] - 1;
                concatenations[to] += concatenations[from];
            }
        }

        /** Whether more than one operation or result is computed from {@code node}. */
        boolean isShared(Node node) {
            return isKnown(node) && consumers[place(node)] > 1;
        }

        /** Whether {@code node} is used only as a part of one concatenation. */
        boolean isOnlyConcatenated(Node node) {
            return consumers[place(node)] == 1 && concatenations[place(node)] == 1;
        }

        /** Whether the user gave {@code node} a name, so that it cannot go and leave the name to something else. */
        boolean isNamed(Node node) {
            return isKnown(node) && consumer[place(node)] instanceof Named<?>;
        }

        /** Whether a policy for errors is one for the operations from {@code node} to there. */
        boolean isGuarded(Node node) {
            return isKnown(node) && guarded.get(place(node));
        }

        /** The one node computed from {@code node}, as the plan was; null when there is none or more than one. */
        @Nullable Node onlyConsumer(Node node) {
            return isKnown(node) && consumers[place(node)] == 1 ? consumer[place(node)] : null;
        }

        /** Returns the operation that {@code plan} is, whatever names it was given. */
        Plan<?> operation(Plan<?> plan) {
            return belowNames.from(plan);
        }

        /**
         * Returns whether each entry of {@code plan} lies in that of {@code count} partitions to which its key leads.
         */
        boolean isByKey(Plan<?> plan, int count) {
            return plan.partitionCount() == count
                    && belowWhatKeepsKeys.from(plan) instanceof Between<?> between
                    && between.placesByKey();
        }

        private boolean isKnown(Node node) {
            return order.contains(known(node));
        }

        private Node known(Node node) {
            return originals.getOrDefault(node, node);
        }

        private int place(Node node) {
            return order.placeOf(known(node));
        }

        /**
         * Goes down from plans as long as there is a next step, and remembers where each of the plans on the way leads:
         * many plans may share a long way.
         */
        private static final class Descent {

            private final Function<Plan<?>, @Nullable Plan<?>> next;
            private final Map<Plan<?>, Plan<?>> ends = new IdentityHashMap<>();

            /** Steps from a plan to what {@code next} returns for it, until that is null. */
            Descent(Function<Plan<?>, @Nullable Plan<?>> next) {
                this.next = next;
            }

            /** Returns where the way from {@code top} ends: {@code top} itself when there is no step from it. */
            Plan<?> from(Plan<?> top) {
                Plan<?> at = top;
                Plan<?> end = null;
                while (end == null) {
                    end = ends.get(at);
                    Plan<?> below = end == null ? next.apply(at) : null;
                    if (below != null) {
                        at = below;
                    } else if (end == null) {
                        end = at;
                    }
                }
                Plan<?> bottom = at;
                for (Plan<?> passed = top; passed != null && passed != bottom; passed = next.apply(passed)) {
                    ends.put(passed, end);
                }
                return end;
            }
        }
    }

    /**
     * An operation with the names it was given, the last one first: they move together. Only of an operation from which
     * nothing else is computed before it has its last name.
     */
    record Titled(List<Named<?>> names, Plan<?> operation) {

        /**
         * Returns {@code plan} as an operation with its names, or null if something else is computed from it below
         * them.
         */
        static @Nullable Titled of(Plan<?> plan, Surroundings surroundings) {
            List<Named<?>> names = new ArrayList<>();
            Plan<?> operation = plan;
            while (operation instanceof Named<?> named) {
                names.add(named);
                operation = named.input();
                if (surroundings.isShared(operation)) {
                    return null;
                }
            }
            return new Titled(names, operation);
        }

        /** As {@link #of}, but null also if more than one operation or result is computed from {@code plan}. */
        static @Nullable Titled ofUnshared(Plan<?> plan, Surroundings surroundings) {
            return surroundings.isShared(plan) ? null : of(plan, surroundings);
        }

        /** Another operation with the same names. */
        Plan<?> around(Plan<?> other) {
            Plan<?> plan = other;
            for (int i = names.size() - 1; i >= 0; i--) {
                plan = names.get(i).withInputs(List.of(plan));
            }
            return plan;
        }

        /** The same operation with the same names over another first input. */
        Plan<?> over(Plan<?> input) {
            List<Node> inputs = new ArrayList<>(operation.inputs());
            inputs.set(0, input);
            return around(operation.withInputs(inputs));
        }
    }
}
