package dev.bag.optimize;

import dev.bag.optimize.LimitRules.MergeLimits;
import dev.bag.optimize.LimitRules.MergeSkips;
import dev.bag.optimize.LimitRules.PushLimitDown;
import dev.bag.optimize.LimitRules.SortOnlyWhatIsTaken;
import dev.bag.optimize.PartitionRules.DropBelowCount;
import dev.bag.optimize.PartitionRules.DropNeedlessRepartition;
import dev.bag.optimize.PartitionRules.FlattenConcat;
import dev.bag.optimize.PartitionRules.MergeRepartitions;
import dev.bag.optimize.ShuffleRules.CombineBeforeSpread;
import dev.bag.optimize.ShuffleRules.DropNeedlessDistinct;
import dev.bag.optimize.ShuffleRules.DropNeedlessSort;
import dev.bag.optimize.ShuffleRules.DropNeedlessSpread;
import dev.bag.optimize.ShuffleRules.ReusePartitioning;
import dev.bag.plan.Leaf;
import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Value;
import dev.bag.plan.Within.Flow;
import dev.bag.plan.Within.Narrow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rewrites what is asked for into what is run. */
public final class Optimizer {

    private Optimizer() {}

    /** Equal values, in the same order. Passes over the plan until none finds anything: one rule makes room for others. */
    public static List<Value<?>> optimize(List<? extends Value<?>> wanted) {
        List<Value<?>> values = List.copyOf(wanted);
        if (isPlain(values)) {
            return values;
        }
        List<Value<?>> before;
        do {
            before = values;
            values = Pass.over(before);
        } while (!areSame(before, values));
        return values;
    }

    /** Where all operations take one record at a time there is no rule that fits, and none has to be loaded. */
    private static boolean isPlain(List<Value<?>> wanted) {
        for (Node node : Node.Order.of(wanted).nodes()) {
            boolean perRecord = node instanceof Narrow<?, ?> narrow && narrow.flow() == Flow.EACH_RECORD;
            if (node instanceof Plan<?> && !(node instanceof Leaf<?>) && !perRecord) {
                return false;
            }
        }
        return true;
    }

    private static boolean areSame(List<Value<?>> before, List<Value<?>> after) {
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i) != after.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Rewrites inputs first, each node once, so that what was shared stays shared. */
    private static final class Pass {

        private static final List<Rule> RULES = List.of(
                new FlattenConcat(),
                new MergeLimits(),
                new MergeSkips(),
                new MergeRepartitions(),
                new PushLimitDown(),
                new SortOnlyWhatIsTaken(),
                new DropNeedlessRepartition(),
                new DropBelowCount(),
                new DropNeedlessSort(),
                new DropNeedlessDistinct(),
                new DropNeedlessSpread(),
                new CombineBeforeSpread(),
                new ReusePartitioning());

        private final Rule.Surroundings surroundings;
        private final Map<Node, Node> rewritten = new IdentityHashMap<>();
        /**
         * The original nodes that were replaced by one of their inputs. A name given to such a node is dropped with it.
         */
        private final Set<Node> dropped = Collections.newSetFromMap(new IdentityHashMap<>());

        private Pass(Node.Order order) {
            this.surroundings = new Rule.Surroundings(order);
        }

        /** What {@code wanted} becomes: the same objects when no rule fits anywhere. */
        static List<Value<?>> over(List<Value<?>> wanted) {
            Node.Order order = Node.Order.of(wanted);
            Pass pass = new Pass(order);
            order.nodes().forEach(pass::visit);
            List<Value<?>> values = new ArrayList<>(wanted.size());
            wanted.forEach(value -> values.add((Value<?>) pass.rewritten.getOrDefault(value, value)));
            return values;
        }

        private void visit(Node node) {
            Node rebuilt = withRewrittenInputs(node);
            Node result = node instanceof Named<?> named && dropped.contains(named.input())
                    ? drop(node, rebuilt.inputs().get(0))
                    : rewrite(rebuilt, node);
            if (result != node) {
                rewritten.put(node, result);
                surroundings.replaced(node, result);
            }
        }

        private Node withRewrittenInputs(Node node) {
            for (Node input : node.inputs()) {
                if (rewritten.containsKey(input)) {
                    List<Node> inputs = new ArrayList<>(node.inputs());
                    inputs.replaceAll(each -> rewritten.getOrDefault(each, each));
                    return node.withInputs(inputs);
                }
            }
            return node;
        }

        /**
         * Applies the rules until none fits any more; each makes a plan smaller or brings it nearer to that, so it
         * ends.
         */
        private Node rewrite(Node node, Node original) {
            Node current = node;
            surroundings.standsFor(current, original);
            for (int i = 0; i < RULES.size() && current instanceof Plan<?> plan; i++) {
                Plan<?> next = RULES.get(i).rewrite(plan, surroundings);
                if (next != current) {
                    current = isInput(next, plan) ? drop(original, next) : next;
                    surroundings.standsFor(current, original);
                    i = -1;
                }
            }
            return current;
        }

        private Node drop(Node original, Node input) {
            dropped.add(original);
            return input;
        }

        private static boolean isInput(Plan<?> plan, Plan<?> of) {
            for (Node input : of.inputs()) {
                if (input == plan) {
                    return true;
                }
            }
            return false;
        }
    }
}
