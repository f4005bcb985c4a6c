package dev.bag.plan;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something a run computes: a bag's {@link Plan} or a delayed {@link Value}. Nodes are told apart by identity, never by
 * {@code equals}: two bags built alike are two passes over the input, one bag used twice is one.
 */
public sealed interface Node extends Serializable permits Plan, Value {

    /** Returns the nodes this one is computed from. */
    List<? extends Node> inputs();

    /**
     * Returns the same operation over {@code inputs}, which stand for its own in their order: a new node, also when they
     * are its own.
     */
    Node withInputs(List<? extends Node> inputs);

    /** Returns what messages and pictures call this operation: {@code map}, or the name the user gave it. */
    String operator();

    /**
     * Nodes in an order in which each comes after its inputs, and the place of each. Loops instead of recursion,
     * because plans may be very deep; one table by identity instead of many maps, because they may be very wide.
     */
    final class Order {

        private static final int NOT_LEFT = -1;
        private static final int FIRST_CAPACITY = 64;

        private final List<Node> nodes = new ArrayList<>();
        /** Open-addressed by identity, at most half full. */
        private @Nullable Node[] table = new @Nullable Node[FIRST_CAPACITY];

        private int[] places = new int[FIRST_CAPACITY];
        private int entered;

        private Order() {}

        /** All nodes that {@code wanted} are computed from, and those themselves. */
        public static Order of(Collection<? extends Node> wanted) {
            return of(wanted, Node::inputs);
        }

        /** All nodes reached from {@code wanted} by {@code inputs}, each once. */
        public static Order of(
                Collection<? extends Node> wanted, Function<? super Node, ? extends List<? extends Node>> inputs) {
            Order order = new Order();
            Deque<Node> open = new ArrayDeque<>();
            pushReversed(List.copyOf(wanted), open);
            while (!open.isEmpty()) {
                Node node = open.peek();
                int slot = order.slot(node);
                if (order.table[slot] == null) {
                    order.enter(node, slot);
                    pushReversed(inputs.apply(node), open);
                } else {
                    open.pop();
                    if (order.places[slot] == NOT_LEFT) {
                        order.places[slot] = order.nodes.size();
                        order.nodes.add(node);
                    }
                }
            }
            return order;
        }

        /** The nodes. */
        public List<Node> nodes() {
            return Collections.unmodifiableList(nodes);
        }

        /** Whether {@code node} is among {@link #nodes}. */
        public boolean contains(Node node) {
            return table[slot(node)] != null;
        }

        /** The place of {@code node} among {@link #nodes}. */
        public int placeOf(Node node) {
            int slot = slot(node);
            if (table[slot] == null) {
                throw new IllegalArgumentException("not in this run: " + node.operator());
            }
            return places[slot];
        }

        private static void pushReversed(List<? extends Node> nodes, Deque<Node> open) {
            for (int i = nodes.size() - 1; i >= 0; i--) {
                open.push(nodes.get(i));
            }
        }

        private int slot(Node node) {
            int mask = table.length - 1;
            int slot = spread(node) & mask;
            while (table[slot] != null && table[slot] != node) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        private static int spread(Node node) {
            int hash = System.identityHashCode(node) * 0x9E3779B9;
            return hash ^ (hash >>> 15);
        }

        private void enter(Node node, int slot) {
            table[slot] = node;
            places[slot] = NOT_LEFT;
            if (++entered * 2 > table.length) {
                grow();
            }
        }

        private void grow() {
            @Nullable Node[] oldTable = table;
            int[] oldPlaces = places;
            table = new @Nullable Node[oldTable.length * 2];
            places = Arrays.copyOf(places, table.length);
            for (int i = 0; i < oldTable.length; i++) {
                Node node = oldTable[i];
                if (node != null) {
                    int slot = slot(node);
                    table[slot] = node;
                    places[slot] = oldPlaces[i];
                }
            }
        }
    }
}
