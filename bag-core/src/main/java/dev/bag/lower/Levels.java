package dev.bag.lower;

import dev.bag.plan.Cogrouped;
import dev.bag.plan.Folded;
import dev.bag.plan.Multiplied;
import dev.bag.plan.Node;
import dev.bag.plan.NodeOrder;
import dev.bag.plan.Plan;
import dev.bag.plan.Repartitioned;
import dev.bag.plan.Shuffled;

/**
 * How many stages must be over before a node can be computed. What ends on the same level is computed in one pass; what
 * is needed on a later level than its input is read again there.
 */
final class Levels {

    private final NodeOrder order;
    private final int[] levels;
    /** The level on which the stage below a node ends, for folds and what is between stages. */
    private final int[] endLevels;

    private Levels(NodeOrder order) {
        this.order = order;
        this.levels = new int[order.nodes().size()];
        this.endLevels = new int[order.nodes().size()];
    }

    /** The levels of all nodes of a run, with passes over the same input made one where that can be. */
    static Levels of(NodeOrder order) {
        Levels levels = new Levels(order);
        levels.compute();
        new PassSharing(order, levels).share();
        return levels;
    }

    /** Computes all levels again; those of ends are at least what they have been put to. */
    void compute() {
        for (int place = 0; place < levels.length; place++) {
            Node node = order.nodes().get(place);
            int level = 0;
            for (Node input : node.inputs()) {
                level = Math.max(level, levels[order.placeOf(input)]);
            }
            endLevels[place] = Math.max(level, endLevels[place]);
            levels[place] = endsStage(node) ? endLevels[place] + 1 : level;
        }
    }

    /** The level on which the records of a plan flow, or a value is there. */
    int of(Node node) {
        return levels[order.placeOf(node)];
    }

    /** The level of the stage that ends in {@code node}. */
    int ofStageBelow(Node node) {
        return endLevels[order.placeOf(node)];
    }

    /** Lets the stage below {@code node} end no earlier than on {@code level}; to be followed by {@link #compute}. */
    void delay(Node node, int level) {
        endLevels[order.placeOf(node)] = level;
    }

    /** Whether the stage below must be over before this is there. */
    static boolean endsStage(Node node) {
        return node instanceof Folded<?, ?, ?> || (node instanceof Plan<?> plan && isBoundary(plan));
    }

    /** Whether records are kept between the stages below and above. */
    static boolean isBoundary(Plan<?> plan) {
        return plan instanceof Shuffled<?, ?>
                || plan instanceof Multiplied<?, ?>
                || plan instanceof Cogrouped<?, ?, ?>
                || (plan instanceof Repartitioned<?> repartitioned && !repartitioned.joinsNeighbours());
    }
}
