package dev.bag.lower;

import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a tree of a stage in which operations that carry something from partition to partition want shared pieces in
 * orders that contradict each other, as {@code a.concat(a).limit(5)} does. Then nothing can be read once for all of them:
 * each gets its own copy of what is below it, and reads it when its turn comes.
 */
final class Unsharing {

    private final Map<Plan<?>, StageRoot> rootOf = new IdentityHashMap<>();
    private final Labels labels;
    private final List<StageRoot> roots = new ArrayList<>();
    private final List<Plan<?>> operations = new ArrayList<>();

    private Unsharing(StageGraph graph, Labels labels) {
        this.labels = labels;
        graph.roots().forEach(root -> rootOf.put(root.plan(), root));
    }

    /** An equal stage in which each operation has one consumer. */
    static StageGraph apply(StageGraph graph, Labels labels) {
        Unsharing unsharing = new Unsharing(graph, labels);
        for (Terminal<?> terminal : graph.terminals()) {
            terminal.moveTo(unsharing.copy(terminal.input()));
        }
        return new StageGraph(unsharing.roots, unsharing.operations, graph.terminals());
    }

    /** A place in the tree: a plan whose inputs are copied one after the other. */
    private static final class Frame {

        final Plan<?> original;
        final List<Plan<?>> inputs;
        final List<Plan<?>> copies = new ArrayList<>();

        Frame(Plan<?> original, List<Plan<?>> inputs) {
            this.original = original;
            this.inputs = inputs;
        }
    }

    private Plan<?> copy(Plan<?> top) {
        Deque<Frame> open = new ArrayDeque<>();
        open.push(frame(top));
        while (true) {
            Frame place = open.peek();
            List<Plan<?>> inputs = place.inputs;
            if (place.copies.size() < inputs.size()) {
                open.push(frame(inputs.get(place.copies.size())));
                continue;
            }
            Plan<?> copy = finish(place);
            open.pop();
            if (open.isEmpty()) {
                return copy;
            }
            open.peek().copies.add(copy);
        }
    }

    private Frame frame(Plan<?> original) {
        return new Frame(original, planInputs(original));
    }

    private Plan<?> finish(Frame place) {
        StageRoot root = rootOf.get(place.original);
        Plan<?> copy;
        if (root != null) {
            copy = place.original.withInputs(place.original.inputs());
            roots.add(new StageRoot(
                    copy, root.operator(), root.parts(), root.partitionCount(), root.pipelined(), root.needs()));
        } else {
            copy = over(place);
            operations.add(copy);
        }
        labels.copied(place.original, copy);
        return copy;
    }

    /** The operation over the copies of its bags; a value it needs is computed once and stays shared. */
    private static Plan<?> over(Frame place) {
        List<Node> inputs = new ArrayList<>(place.original.inputs());
        int next = 0;
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) instanceof Plan<?>) {
                inputs.set(i, place.copies.get(next++));
            }
        }
        return place.original.withInputs(inputs);
    }

    private List<Plan<?>> planInputs(Plan<?> plan) {
        List<Plan<?>> inputs = new ArrayList<>();
        if (!rootOf.containsKey(plan)) {
            for (Node input : plan.inputs()) {
                if (input instanceof Plan<?> below) {
                    inputs.add(below);
                }
            }
        }
        return inputs;
    }
}
