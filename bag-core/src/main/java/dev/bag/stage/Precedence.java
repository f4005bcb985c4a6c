package dev.bag.stage;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * What must come before what, and an order that respects it: of several things the one with the lowest number first
 * (Kahn, 1962). Beside the things there are milestones, which have no place in the order themselves: where many things
 * come before many others, a milestone in between costs as many edges as there are things, and not as there are pairs.
 */
final class Precedence {
    private final int things;
    private final int nodes;
    private int[] before = new int[16];
    private int[] after = new int[16];
    private int edges;

    /** So many things, numbered from 0, and so many milestones, numbered after them. */
    Precedence(int things, int milestones) {
        this.things = things;
        this.nodes = things + milestones;
    }

    /** Demands {@code first} before {@code second}; something before itself contradicts itself. */
    void add(int first, int second) {
        if (edges == before.length) {
            before = Arrays.copyOf(before, edges * 2);
            after = Arrays.copyOf(after, edges * 2);
        }
        before[edges] = first;
        after[edges++] = second;
    }

    /** Returns the things in order, unless the demands contradict each other. */
    Optional<int[]> order() {
        int[] waiting = new int[nodes];
        int[] firstFollower = new int[nodes + 1];
        for (int i = 0; i < edges; i++) {
            waiting[after[i]]++;
            firstFollower[before[i] + 1]++;
        }
        for (int i = 0; i < nodes; i++) {
            firstFollower[i + 1] += firstFollower[i];
        }
        int[] followers = new int[edges];
        int[] next = Arrays.copyOf(firstFollower, nodes);
        for (int i = 0; i < edges; i++) {
            followers[next[before[i]]++] = after[i];
        }
        return walk(waiting, firstFollower, followers);
    }

    private Optional<int[]> walk(int[] waiting, int[] firstFollower, int[] followers) {
        Queue<Integer> milestones = new ArrayDeque<>();
        Queue<Integer> ready = new PriorityQueue<>();
        for (int node = 0; node < nodes; node++) {
            if (waiting[node] == 0) {
                (node < things ? ready : milestones).add(node);
            }
        }
        int[] sorted = new int[things];
        int done = 0;
        while (!milestones.isEmpty() || !ready.isEmpty()) {
            // Milestones first, because they only pass on what is ready.
            int node = milestones.isEmpty() ? ready.remove() : milestones.remove();
            if (node < things) {
                sorted[done++] = node;
            }
            for (int i = firstFollower[node]; i < firstFollower[node + 1]; i++) {
                if (--waiting[followers[i]] == 0) {
                    (followers[i] < things ? ready : milestones).add(followers[i]);
                }
            }
        }
        return done == things ? Optional.of(sorted) : Optional.empty();
    }
}
