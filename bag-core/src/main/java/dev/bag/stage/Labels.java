package dev.bag.stage;

import dev.bag.kernel.Operator;
import dev.bag.plan.Named;
import dev.bag.plan.Node;
import dev.bag.plan.Value.NamedValue;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What messages call the nodes of a run: the user's names, and the chain each belongs to. */
final class Labels {
    private final Node.Order order;
    /** By the place of a node, that of what it names, however often that is named; or its own. */
    private final int[] unnamed;

    private final Map<Node, String> names = new IdentityHashMap<>();
    private final Chains chains;
    private final Coverage coverage;

    Labels(Node.Order order) {
        this.order = order;
        this.coverage = Coverage.of(order);
        this.unnamed = new int[order.nodes().size()];
        for (int place = 0; place < unnamed.length; place++) {
            Node node = order.nodes().get(place);
            unnamed[place] = place;
            if (isName(node)) {
                unnamed[place] = unnamed[order.placeOf(node.inputs().get(0))];
                names.put(order.nodes().get(unnamed[place]), node.operator());
            }
        }
        this.chains = new Chains(order, unnamed, names);
    }

    /** Returns how messages speak of {@code node}. */
    Operator of(Node node) {
        String name = names.get(node);
        String label = name == null ? node.operator() : node.operator() + " \"" + name + "\"";
        int place = order.placeOf(node);
        return new Operator(name == null ? node.operator() : name, label, new Chain(chains, place), coverage.at(place));
    }

    /** Returns the operations from a source to {@code node}, of long ones the ends. */
    String path(Node node) {
        return chains.of(unnamed[order.placeOf(node)]);
    }

    private static boolean isName(Node node) {
        return node instanceof Named<?> || node instanceof NamedValue<?>;
    }

    /** The chain of one node, put into words when it is asked for. */
    private record Chain(Chains chains, int place) implements Supplier<String>, Serializable {
        @Override
        public String get() {
            return chains.of(place);
        }
    }

    /**
     * What comes before and behind each node, by its place in the order of all. Found out only when a message needs it or
     * when it is written, so that a run that succeeds pays nothing.
     */
    private static final class Chains implements Serializable {
        private static final long serialVersionUID = 1;
        private static final int NONE = -1;
        private static final int SHOWN_BEFORE = 8;
        private static final int SHOWN_AFTER = 4;

        private final transient Node.Order order;
        private final transient int[] unnamed;
        private final transient Map<Node, String> names;
        /** This and the two below: guarded by this; empty until they are needed. */
        private String[] shortNames = {};
        /** The first input of each node, or {@link #NONE}. */
        private int[] inputs = {};
        /** The first consumer of each node, or {@link #NONE}. */
        private int[] consumers = {};

        Chains(Node.Order order, int[] unnamed, Map<Node, String> names) {
            this.order = order;
            this.unnamed = unnamed;
            this.names = names;
        }

        private synchronized Object writeReplace() {
            findOut();
            return this;
        }

        private void findOut() {
            int count = order == null ? 0 : order.nodes().size();
            if (shortNames.length == count || order == null) {
                return;
            }
            inputs = new int[count];
            consumers = new int[count];
            shortNames = new String[count];
            Arrays.fill(consumers, NONE);
            for (int place = 0; place < count; place++) {
                Node node = order.nodes().get(place);
                shortNames[place] = names.getOrDefault(node, node.operator());
                inputs[place] = node.inputs().isEmpty()
                        ? NONE
                        : unnamed[order.placeOf(node.inputs().get(0))];
                if (!isName(node)) {
                    for (Node input : node.inputs()) {
                        int below = unnamed[order.placeOf(input)];
                        consumers[below] = consumers[below] == NONE ? place : consumers[below];
                    }
                }
            }
        }

        synchronized String of(int node) {
            findOut();
            Deque<String> parts = new ArrayDeque<>();
            int at = node;
            for (int i = 0; at != NONE && i < SHOWN_BEFORE; i++) {
                parts.addFirst(shortNames[at]);
                at = inputs[at];
            }
            if (at != NONE) {
                parts.addFirst("…");
                parts.addFirst(shortNames[source(at)]);
            }
            at = consumers[node];
            for (int i = 0; at != NONE && i < SHOWN_AFTER; i++) {
                parts.addLast(shortNames[at]);
                at = consumers[at];
            }
            if (at != NONE) {
                parts.addLast("…");
            }
            return String.join(" > ", parts);
        }

        private int source(int from) {
            int at = from;
            while (inputs[at] != NONE) {
                at = inputs[at];
            }
            return at;
        }
    }
}
