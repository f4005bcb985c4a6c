package dev.bag.optimize;

import dev.bag.plan.Between;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Named;
import dev.bag.plan.Narrow;
import dev.bag.plan.Node;
import dev.bag.plan.NodeOrder;
import dev.bag.plan.Plan;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules may ask beyond the node itself: what it is used for, and what is below it. A node that a rule has made has
 * one use.
 */
final class Surroundings {

    private final NodeOrder order;
    private final int[] consumers;
    private final int[] concatenations;
    /** Any one of the nodes computed from each, as the plan was; {@link Named} if there is such. */
    private final @Nullable Node[] consumer;
    /** The node of the plan as it was, for each new one. */
    private final Map<Node, Node> originals = new IdentityHashMap<>();

    private final Descent belowNames = new Descent(plan -> plan instanceof Named<?> named ? named.input() : null);
    private final Descent belowWhatKeepsKeys =
            new Descent(plan -> plan instanceof Narrow<?, ?> narrow && narrow.keepsKeys() ? narrow.input() : null);

    Surroundings(NodeOrder order) {
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

    /** {@code node} has come in the place of {@code original}. If it was there before, it now has the uses of both. */
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

    /** The one node computed from {@code node}, as the plan was; null when there is none or more than one. */
    @Nullable Node onlyConsumer(Node node) {
        return isKnown(node) && consumers[place(node)] == 1 ? consumer[place(node)] : null;
    }

    /** Returns the operation that {@code plan} is, whatever names it was given. */
    Plan<?> operation(Plan<?> plan) {
        return belowNames.from(plan);
    }

    /** Returns whether each entry of {@code plan} lies in that of {@code count} partitions to which its key leads. */
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
}
