package dev.bag.lower;

import dev.bag.plan.Folded;
import dev.bag.plan.Multiplied;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Shuffled;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many stages must be over before a node can be computed. What ends on the same level is computed in one pass; what
 * is needed on a later level than its input is read again there.
 */
final class Levels {

    private final Map<Node, Integer> levels = new IdentityHashMap<>();

    Levels(List<Node> order) {
        for (Node node : order) {
            int level = 0;
            for (Node input : node.inputs()) {
                level = Math.max(level, of(input));
            }
            levels.put(node, endsStage(node) ? level + 1 : level);
        }
    }

    /** The level on which the records of a plan flow, or a value is there. */
    int of(Node node) {
        Integer level = levels.get(node);
        if (level == null) {
            throw new IllegalArgumentException("not in this run: " + node.operator());
        }
        return level;
    }

    /** Whether the stage below must be over before this is there. */
    private static boolean endsStage(Node node) {
        return node instanceof Folded<?, ?, ?> || (node instanceof Plan<?> plan && isBoundary(plan));
    }

    /** Whether records are kept between the stages below and above. */
    static boolean isBoundary(Plan<?> plan) {
        return plan instanceof Shuffled<?, ?>
                || plan instanceof Multiplied<?, ?>
                || (plan instanceof Repartitioned<?> repartitioned && !repartitioned.joinsNeighbours());
    }
}
