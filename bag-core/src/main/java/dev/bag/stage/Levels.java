package dev.bag.stage;

import dev.bag.plan.Between;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.Value.Folded;
import dev.bag.plan.Value.Taken;
import dev.bag.plan.Value.Written;
import dev.bag.plan.Within;

/**
 * How many stages must be over before a node can be computed. What ends on the same level is computed in one pass; what
 * is needed on a later level than its input is read again there.
 */
final class Levels {

    private final Node.Order order;
    private final int[] levels;
    /** The levels on which the stages below a node end, one for each input, for what ends one. */
    private final int[][] endLevels;

    private Levels(Node.Order order) {
        this.order = order;
        this.levels = new int[order.nodes().size()];
        this.endLevels = new int[order.nodes().size()][];
        for (int place = 0; place < endLevels.length; place++) {
            endLevels[place] = new int[order.nodes().get(place).inputs().size()];
        }
    }

    /** The levels of all nodes of a run, with passes over the same input made one where that can be. */
    static Levels of(Node.Order order) {
        Levels levels = new Levels(order);
        levels.compute();
        new PassSharing(order, levels).share();
        return levels;
    }

    /** Computes all levels again; those of ends are at least what they have been put to. */
    void compute() {
        for (int place = 0; place < levels.length; place++) {
            Node node = order.nodes().get(place);
            boolean endsStage = endsStage(node);
            int level = 0;
            int input = 0;
            for (Node each : node.inputs()) {
                int below = of(each);
                if (endsStage) {
                    below = Math.max(below, endLevels[place][input]);
                    endLevels[place][input++] = below;
                }
                level = Math.max(level, below);
            }
            levels[place] = endsStage ? level + 1 : level;
        }
    }

    /** The level on which the records of a plan flow, or a value is there. */
    int of(Node node) {
        return levels[order.placeOf(node)];
    }

    /** The level of the stage that brings {@code node} its input of that number. */
    int ofStageBelow(Node node, int input) {
        return endLevels[order.placeOf(node)][input];
    }

    /** Lets that stage end no earlier than on {@code level}; to be followed by {@link #compute}. */
    void delay(Node node, int input, int level) {
        endLevels[order.placeOf(node)][input] = level;
    }

    /** Whether the stage below must be over before this is there. */
    static boolean endsStage(Node node) {
        return node instanceof Folded<?, ?, ?>
                || node instanceof Written<?, ?>
                || node instanceof Taken<?>
                || (node instanceof Plan<?> plan && isBoundary(plan));
    }

    /** Whether records are kept between the stages below and above. */
    static boolean isBoundary(Plan<?> plan) {
        return plan instanceof Between<?>;
    }

    /** Whether a stage begins with the records of {@code plan}. */
    static boolean isRoot(Plan<?> plan) {
        return !(plan instanceof Within<?>);
    }
}
