package dev.bag.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What must come before what, and an order that respects it: of several the one with the lowest number first (Kahn, 1962).
 * Where many come before many, a milestone is put in between, which has no place in the order itself; so that costs as
 * many edges as there are things, and not as there are pairs.
 */
final class Precedence {

    private final int count;
    private final List<Demand> demands = new ArrayList<>();
    private int[] order = {};

    /** All of {@code before} come before all of {@code after}. */
    private record Demand(List<Integer> before, List<Integer> after) {}

    private Precedence(int count) {
        this.count = count;
    }

    /** The order of {@code count} things under what {@code demands} adds, unless the demands contradict each other. */
    static Optional<Precedence> of(int count, Consumer<Precedence> demands) {
        Precedence precedence = new Precedence(count);
        demands.accept(precedence);
        return precedence.sort() ? Optional.of(precedence) : Optional.empty();
    }

    /** Demands all of {@code before} before all of {@code after}; something before itself contradicts itself. */
    void add(List<Integer> before, List<Integer> after) {
        demands.add(new Demand(before, after));
    }

    /** Calls {@code consumer} with both sides of each demand. */
    void forEach(BiConsumer<List<Integer>, List<Integer>> consumer) {
        demands.forEach(demand -> consumer.accept(demand.before(), demand.after()));
    }

    int[] order() {
        return order;
    }

    /** Each demand is a milestone, numbered after the things: it waits for those before it, and those after wait for it. */
    private boolean sort() {
        int nodes = count + demands.size();
        int[] waiting = new int[nodes];
        int[] firstFollower = new int[nodes + 1];
        for (int i = 0; i < demands.size(); i++) {
            Demand demand = demands.get(i);
            waiting[count + i] = demand.before().size();
            firstFollower[count + i + 1] = demand.after().size();
            demand.before().forEach(before -> firstFollower[before + 1]++);
            demand.after().forEach(after -> waiting[after]++);
        }
        for (int i = 0; i < nodes; i++) {
            firstFollower[i + 1] += firstFollower[i];
        }
        return walk(waiting, firstFollower, followers(firstFollower));
    }

    private int[] followers(int[] firstFollower) {
        int[] followers = new int[firstFollower[firstFollower.length - 1]];
        int[] next = Arrays.copyOf(firstFollower, firstFollower.length - 1);
        for (int i = 0; i < demands.size(); i++) {
            int milestone = count + i;
            demands.get(i).before().forEach(before -> followers[next[before]++] = milestone);
            demands.get(i).after().forEach(after -> followers[next[milestone]++] = after);
        }
        return followers;
    }

    private boolean walk(int[] waiting, int[] firstFollower, int[] followers) {
        // Milestones first, because they only pass on what is ready.
        PriorityQueue<Integer> ready = new PriorityQueue<>(
                Comparator.comparing((Integer node) -> node < count).thenComparing(node -> node));
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        int[] sorted = new int[count];
        int done = 0;
        while (!ready.isEmpty()) {
            int next = ready.remove();
            if (next < count) {
                sorted[done++] = next;
            }
            for (int i = firstFollower[next]; i < firstFollower[next + 1]; i++) {
                if (--waiting[followers[i]] == 0) {
                    ready.add(followers[i]);
                }
            }
        }
        order = sorted;
        return done == count;
    }
}
