package dev.bag.stage;

import dev.bag.kernel.Operator;
import dev.bag.plan.Leaf.Slot;
import dev.bag.plan.Node;
import dev.bag.plan.Within;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes a tree of a stage in which operations that carry something from partition to partition want shared root
 * partitions in orders that contradict each other, as {@code a.concat(a).limit(5)} does. Then nothing can be read once
 * for all of them: each gets its own copy of what is below it, and reads it when its turn comes.
 */
final class Unsharing {
    /**
     * The most fragments of such a tree. Beyond, sharing was so nested that the tree would not end, and the bag must be
     * computed in steps.
     */
    private static final int MOST_FRAGMENTS = 1 << 20;

    private final Stage stage;
    private final List<Copy> copies = new ArrayList<>();
    private int rootCount;

    /** A copy of a fragment over other copies, by their numbers among all. */
    private record Copy(int fragment, int[] inputs) {}

    private Unsharing(Stage stage) {
        this.stage = stage;
    }

    /** Returns an equal stage in which each operation has one consumer. */
    static Stage apply(Stage stage) {
        return new Unsharing(stage).tree();
    }

    private Stage tree() {
        int[] tops = new int[stage.ends().size()];
        for (int i = 0; i < tops.length; i++) {
            tops[i] = copy(stage.ends().get(i).input());
        }
        int[] numbers = numbers();
        List<StageRoot> roots = new ArrayList<>();
        List<Within<?>> operations = new ArrayList<>();
        List<Operator> operators = new ArrayList<>();
        for (Copy copy : copies) {
            if (stage.isRoot(copy.fragment())) {
                roots.add(stage.roots().get(copy.fragment()).copy(roots.size()));
            } else {
                operations.add(over(stage.operation(copy.fragment()), copy.inputs(), numbers));
                operators.add(stage.operator(copy.fragment()).copy(operations.size()));
            }
        }
        List<EndSpec> ends = new ArrayList<>();
        for (int i = 0; i < tops.length; i++) {
            ends.add(stage.ends().get(i).withInput(numbers[tops[i]]));
        }
        return new Stage(roots, operations, ends, operators);
    }

    /** A place in the tree, whose inputs are copied one after the other. */
    private static final class Open {
        final int fragment;
        final int[] inputs;
        final int[] copied;
        int next;

        Open(int fragment, int[] inputs) {
            this.fragment = fragment;
            this.inputs = inputs;
            this.copied = new int[inputs.length];
        }
    }

    /** Copies a fragment and all that is below it, inputs first; returns its number among the copies. */
    private int copy(int top) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(open(top));
        while (true) {
            Open place = open.peek();
            if (place.next < place.inputs.length) {
                open.push(open(place.inputs[place.next]));
                continue;
            }
            int number = add(new Copy(place.fragment, place.copied));
            open.pop();
            if (open.isEmpty()) {
                return number;
            }
            Open above = open.peek();
            above.copied[above.next++] = number;
        }
    }

    private Open open(int fragment) {
        return new Open(fragment, stage.inputs(fragment));
    }

    private int add(Copy copy) {
        if (copies.size() == MOST_FRAGMENTS) {
            throw new IllegalArgumentException("the bag uses parts of itself more than " + MOST_FRAGMENTS
                    + " times, in orders in which they cannot be read once: persist() one of the parts");
        }
        rootCount += stage.isRoot(copy.fragment()) ? 1 : 0;
        copies.add(copy);
        return copies.size() - 1;
    }

    /** The number that each copy has as a fragment: roots come first. */
    private int[] numbers() {
        int[] numbers = new int[copies.size()];
        int root = 0;
        int operation = rootCount;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = stage.isRoot(copies.get(i).fragment()) ? root++ : operation++;
        }
        return numbers;
    }

    /** The operation over the copies of its bags; a value that it needs is computed once and stays shared. */
    private static Within<?> over(Within<?> operation, int[] copied, int[] numbers) {
        List<Node> inputs = new ArrayList<>(operation.inputs());
        int next = 0;
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) instanceof Slot<?> slot) {
                inputs.set(i, new Slot<>(numbers[copied[next++]], slot.partitionCount()));
            }
        }
        return (Within<?>) operation.withInputs(inputs);
    }
}
