package dev.bag.bench;

import dev.bag.Delayed;
import java.util.ArrayList;
import java.util.List;

/**
 * Many tiny calls, built and run in one JVM: {@code Calls WHAT COUNT}, where {@code WHAT} is {@code flat} (calls and one list
 * of all), {@code tree} (sums of two, of so many leaves) or {@code grow} (a tree that functions unfold). Prints nanoseconds a
 * call, leaf or node, of each of five rounds.
 */
public final class Calls {

    private static final int ROUNDS = 5;

    private Calls() {}

    public static void main(String... arguments) {
        int count = Integer.parseInt(arguments[1]);
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            Delayed<Integer> built = built(arguments[0], count);
            long middle = System.nanoTime();
            int result = built.compute();
            long end = System.nanoTime();
            System.out.println("RESULT " + result + ", ns to build " + (middle - begin) / count + ", to run "
                    + (end - middle) / count);
        }
    }

    private static Delayed<Integer> built(String what, int count) {
        return switch (what) {
            case "flat" -> Delayed.all(leaves(count)).map(List::size);
            case "tree" -> sum(leaves(count));
            case "grow" -> grown(0, count);
            default -> throw new IllegalArgumentException(what + " is none of flat, tree, grow");
        };
    }

    private static List<Delayed<Integer>> leaves(int count) {
        List<Delayed<Integer>> leaves = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int leaf = i;
            leaves.add(Delayed.call(() -> leaf));
        }
        return leaves;
    }

    private static Delayed<Integer> sum(List<Delayed<Integer>> leaves) {
        List<Delayed<Integer>> level = leaves;
        while (level.size() > 1) {
            List<Delayed<Integer>> next = new ArrayList<>(level.size() / 2 + 1);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                next.add(Delayed.call(Integer::sum, level.get(i), level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                next.add(level.get(level.size() - 1));
            }
            level = next;
        }
        return level.get(0);
    }

    /** How many nodes are below a node of a binary tree, which is numbered level by level, and this one. */
    private static Delayed<Integer> grown(int node, int count) {
        return Delayed.value(node).flatMap(number -> {
            int left = 2 * number + 1;
            if (left >= count) {
                return Delayed.value(1);
            }
            Delayed<Integer> nodes = grown(left, count);
            return left + 1 < count
                    ? nodes.zipWith(grown(left + 1, count), (a, b) -> a + b + 1)
                    : nodes.map(below -> below + 1);
        });
    }
}
