package dev.bag.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** What must come before what, and an order that respects it: of several the one with the lowest numbers first (Kahn, 1962). */
final class Precedence {

    private static final int MOST_PAIRED = 8;

    private final int count;
    private final List<int[]> demands = new ArrayList<>();
    private int[] order = {};

    private Precedence(int count) {
        this.count = count;
    }

    /** The order of {@code count} things under what {@code demands} adds, unless the demands contradict each other. */
    static Optional<Precedence> of(int count, Consumer<Precedence> demands) {
        Precedence precedence = new Precedence(count);
        demands.accept(precedence);
        return precedence.sort() ? Optional.of(precedence) : Optional.empty();
    }

    /**
     * Demands all of {@code before} before all of {@code after}; something before itself contradicts itself. Of many,
     * which are joined neighbours and have an order among themselves, the last before the first.
     */
    void add(List<Integer> before, List<Integer> after) {
        if (before.size() > MOST_PAIRED || after.size() > MOST_PAIRED) {
            demands.add(new int[] {before.get(before.size() - 1), after.get(0)});
            return;
        }
        for (int first : before) {
            for (int second : after) {
                demands.add(new int[] {first, second});
            }
        }
    }

    /** Calls {@code consumer} with each demand. */
    void forEach(ObjIntConsumer<Integer> consumer) {
        demands.forEach(demand -> consumer.accept(demand[0], demand[1]));
    }

    int[] order() {
        return order;
    }

    private boolean sort() {
        int[] firstFollower = new int[count + 1];
        int[] waiting = new int[count];
        for (int[] demand : demands) {
            firstFollower[demand[0] + 1]++;
            waiting[demand[1]]++;
        }
        for (int i = 0; i < count; i++) {
            firstFollower[i + 1] += firstFollower[i];
        }
        int[] followers = followers(firstFollower);
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < count; i++) {
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        int[] sorted = new int[count];
        int done = 0;
        while (!ready.isEmpty()) {
            int next = ready.remove();
            sorted[done++] = next;
            for (int i = firstFollower[next]; i < firstFollower[next + 1]; i++) {
                if (--waiting[followers[i]] == 0) {
                    ready.add(followers[i]);
                }
            }
        }
        order = sorted;
        return done == count;
    }

    private int[] followers(int[] firstFollower) {
        int[] followers = new int[demands.size()];
        int[] next = Arrays.copyOf(firstFollower, count);
        for (int[] demand : demands) {
            followers[next[demand[0]]++] = demand[1];
        }
        return followers;
    }
}
