package dev.bag.optimize;

import dev.bag.plan.Concatenated;
import dev.bag.plan.Node;
import dev.bag.plan.NodeOrder;
import java.util.IdentityHashMap;
import java.util.Map;

/** Who uses a node: what rules may ask beyond the node itself. */
final class Surroundings {

    private final NodeOrder order;
    private final int[] consumers;
    private final int[] concatenations;
    /** The node of the plan as it was, for each new one. */
    private final Map<Node, Node> originals = new IdentityHashMap<>();

    Surroundings(NodeOrder order) {
        this.order = order;
        this.consumers = new int[order.nodes().size()];
        this.concatenations = new int[order.nodes().size()];
        for (Node node : order.nodes()) {
            for (Node input : node.inputs()) {
                int place = order.placeOf(input);
                consumers[place]++;
                concatenations[place] += node instanceof Concatenated<?> ? 1 : 0;
            }
        }
    }

    /** {@code rewritten} stands for {@code original}. */
    void rewritten(Node original, Node rewritten) {
        if (original != rewritten) {
            originals.putIfAbsent(rewritten, original);
        }
    }

    /** Whether more than one operation or result is computed from {@code node}. */
    boolean isShared(Node node) {
        return consumers[place(node)] > 1;
    }

    /** Whether {@code node} is used only as a part of concatenations. */
    boolean isOnlyConcatenated(Node node) {
        int uses = consumers[place(node)];
        return uses > 0 && uses == concatenations[place(node)];
    }

    private int place(Node node) {
        return order.placeOf(order.contains(node) ? node : originals.getOrDefault(node, node));
    }
}
