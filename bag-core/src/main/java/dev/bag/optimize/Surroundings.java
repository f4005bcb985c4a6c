package dev.bag.optimize;

import dev.bag.plan.Concatenated;
import dev.bag.plan.Node;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Who uses a node: what rules may ask beyond the node itself. */
final class Surroundings {

    private final Map<Node, Integer> consumers = new IdentityHashMap<>();
    private final Map<Node, Integer> concatenations = new IdentityHashMap<>();
    /** The node of the plan as it was, for each rewritten one. */
    private final Map<Node, Node> originals = new IdentityHashMap<>();

    Surroundings(List<Node> order) {
        for (Node node : order) {
            for (Node input : node.inputs()) {
                consumers.merge(input, 1, Integer::sum);
                if (node instanceof Concatenated<?>) {
                    concatenations.merge(input, 1, Integer::sum);
                }
            }
        }
    }

    /** {@code rewritten} stands for {@code original}. */
    void rewritten(Node original, Node rewritten) {
        originals.putIfAbsent(rewritten, original);
    }

    /** Whether more than one operation or result is computed from {@code node}. */
    boolean isShared(Node node) {
        return consumers.getOrDefault(original(node), 0) > 1;
    }

    /** Whether {@code node} is used only as a part of concatenations. */
    boolean isOnlyConcatenated(Node node) {
        int uses = consumers.getOrDefault(original(node), 0);
        return uses > 0 && uses == concatenations.getOrDefault(original(node), 0);
    }

    private Node original(Node node) {
        return originals.getOrDefault(node, node);
    }
}
