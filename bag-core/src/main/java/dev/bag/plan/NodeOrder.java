package dev.bag.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Nodes in an order in which each comes after its inputs. Loops instead of recursion: plans may be very deep. */
public final class NodeOrder {

    private NodeOrder() {}

    /** All nodes that {@code wanted} are computed from, and those themselves. */
    public static List<Node> of(Collection<? extends Node> wanted) {
        return of(wanted, Node::inputs);
    }

    /** All nodes reached from {@code wanted} by {@code inputs}, each once. */
    public static List<Node> of(
            Collection<? extends Node> wanted, Function<Node, ? extends Collection<? extends Node>> inputs) {
        List<Node> order = new ArrayList<>();
        Set<Node> entered = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Node> left = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> open = new ArrayDeque<>();
        List<? extends Node> first = new ArrayList<>(wanted);
        for (int i = first.size() - 1; i >= 0; i--) {
            open.push(first.get(i));
        }
        while (!open.isEmpty()) {
            Node node = open.peek();
            if (entered.add(node)) {
                List<? extends Node> below = new ArrayList<>(inputs.apply(node));
                for (int i = below.size() - 1; i >= 0; i--) {
                    if (!entered.contains(below.get(i))) {
                        open.push(below.get(i));
                    }
                }
            } else {
                open.pop();
                if (left.add(node)) {
                    order.add(node);
                }
            }
        }
        return order;
    }
}
