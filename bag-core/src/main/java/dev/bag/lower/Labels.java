package dev.bag.lower;

import dev.bag.kernel.Operator;
import dev.bag.plan.Named;
import dev.bag.plan.NamedValue;
import dev.bag.plan.Node;
import dev.bag.plan.Read;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What messages call the nodes of a run: the user's names, and the chain each belongs to. */
final class Labels {

    private static final int SHOWN_BEFORE = 8;
    private static final int SHOWN_AFTER = 4;

    private final Map<Node, String> names = new IdentityHashMap<>();
    private final Map<Node, Node> originals = new IdentityHashMap<>();
    private final List<Node> order;
    /** Guarded by this. */
    private final Map<Node, Node> consumers = new IdentityHashMap<>();

    Labels(List<Node> order) {
        this.order = order;
        for (Node node : order) {
            if (node instanceof Named<?> || node instanceof NamedValue<?>) {
                names.put(unnamed(node), node.operator());
            }
        }
    }

    /** Lets {@code copy} be called what {@code original} is. */
    void copied(Node original, Node copy) {
        originals.put(copy, originals.getOrDefault(original, original));
    }

    /** How messages speak of {@code node}. */
    Operator of(Node copyOrNode) {
        Node node = originals.getOrDefault(copyOrNode, copyOrNode);
        String name = names.get(node);
        String label = name == null ? node.operator() : node.operator() + " \"" + name + "\"";
        return new Operator(name == null ? node.operator() : name, label, () -> chain(node));
    }

    /** The user's name for a node, or else its operator. */
    String shortName(Node node) {
        return names.getOrDefault(node, node.operator());
    }

    /** The operations from a source to {@code node}, of long ones the ends. */
    String path(Node node) {
        return chain(unnamed(node));
    }

    private String chain(Node node) {
        Deque<String> parts = new ArrayDeque<>();
        @Nullable Node at = node;
        for (int i = 0; at != null && i < SHOWN_BEFORE; i++) {
            parts.addFirst(shortName(at));
            at = firstInput(at);
        }
        if (at != null) {
            parts.addFirst("…");
            parts.addFirst(shortName(source(at)));
        }
        at = consumer(node);
        for (int i = 0; at != null && i < SHOWN_AFTER; i++) {
            parts.addLast(shortName(at));
            at = consumer(at);
        }
        if (at != null) {
            parts.addLast("…");
        }
        return String.join(" > ", parts);
    }

    /** The first consumer of each node; found out only when it is needed. */
    private synchronized Map<Node, Node> consumers() {
        if (consumers.isEmpty()) {
            for (Node node : order) {
                for (Node input : node.inputs()) {
                    consumers.putIfAbsent(input, node);
                }
            }
        }
        return consumers;
    }

    private @Nullable Node consumer(Node node) {
        Node consumer = consumers().get(node);
        while (consumer instanceof Named<?> || consumer instanceof NamedValue<?>) {
            consumer = consumers().get(consumer);
        }
        return consumer;
    }

    private static @Nullable Node firstInput(Node node) {
        return node.inputs().isEmpty() ? null : unnamed(node.inputs().get(0));
    }

    private static Node source(Node from) {
        Node at = from;
        while (!(at instanceof Read<?>) && !at.inputs().isEmpty()) {
            at = at.inputs().get(0);
        }
        return at;
    }

    private static Node unnamed(Node node) {
        Node at = node;
        while (at instanceof Named<?> || at instanceof NamedValue<?>) {
            at = at.inputs().get(0);
        }
        return at;
    }
}
