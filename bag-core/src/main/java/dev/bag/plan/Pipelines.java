package dev.bag.plan;

import java.util.ArrayDeque;
import java.util.Deque;

/** Finds out whether partitions are few because their files cannot be split, not because there is little in them. */
final class Pipelines {

    private Pipelines() {}

    /** Whether a pipelined part is read somewhere below {@code plan}, down to the next shuffle. */
    static boolean feed(Plan<?> plan) {
        Deque<Node> open = new ArrayDeque<>();
        open.push(plan);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof Read<?> read && read.pipelined()) {
                return true;
            }
            if (node instanceof Plan<?> && !(node instanceof Shuffled<?, ?> || node instanceof Cogrouped<?, ?, ?>)) {
                node.inputs().forEach(open::push);
            }
        }
        return false;
    }
}
