package dev.bag.optimize;

import dev.bag.plan.Node;
import dev.bag.plan.NodeOrder;
import dev.bag.plan.Plan;
import dev.bag.plan.Rebuild;
import dev.bag.plan.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Rewrites what is asked for into what is run: inputs first, each node once, so that what was shared stays shared. */
public final class Optimizer {

    private static final List<Rule> RULES =
            List.of(new FlattenConcat(), new MergeLimits(), new DropNeedlessRepartition());

    private Optimizer() {}

    /** Equal values, in the same order. */
    public static List<Value<?>> optimize(List<? extends Value<?>> wanted) {
        NodeOrder order = NodeOrder.of(wanted);
        if (order.nodes().stream().noneMatch(Plan.class::isInstance)) {
            return List.copyOf(wanted);
        }
        Surroundings surroundings = new Surroundings(order);
        Map<Node, Node> rewritten = new IdentityHashMap<>();
        for (Node node : order.nodes()) {
            Node result = rewrite(withRewrittenInputs(node, rewritten), node, surroundings);
            if (result != node) {
                surroundings.rewritten(node, result);
                rewritten.put(node, result);
            }
        }
        List<Value<?>> values = new ArrayList<>(wanted.size());
        for (Value<?> value : wanted) {
            values.add((Value<?>) rewritten.getOrDefault(value, value));
        }
        return values;
    }

    private static Node withRewrittenInputs(Node node, Map<Node, Node> rewritten) {
        for (Node input : node.inputs()) {
            if (rewritten.containsKey(input)) {
                List<Node> inputs = new ArrayList<>(node.inputs());
                inputs.replaceAll(each -> rewritten.getOrDefault(each, each));
                return Rebuild.withInputs(node, inputs);
            }
        }
        return node;
    }

    /** Applies the rules until none fits any more; each makes a plan smaller, so that ends. */
    private static Node rewrite(Node node, Node original, Surroundings surroundings) {
        Node current = node;
        surroundings.rewritten(original, current);
        for (int i = 0; i < RULES.size() && current instanceof Plan<?> plan; i++) {
            Plan<?> next = RULES.get(i).rewrite(plan, surroundings);
            if (next != current) {
                current = next;
                surroundings.rewritten(original, current);
                i = -1;
            }
        }
        return current;
    }
}
