package dev.bag.stage;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Guarded;
import dev.bag.plan.Leaf.Slot;
import dev.bag.plan.MappedPartitions;
import dev.bag.plan.Node;
import dev.bag.plan.Repartitioned.JoinedNeighbours;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Value.ValueSlot;
import dev.bag.plan.Within;
import dev.bag.plan.Within.Flow;
import dev.bag.plan.Zipped;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What is worked through in one go, as data: what is read, the operations in between, and what becomes of the records at
 * the ends. The operations are a flat list, inputs first, so that however deep a plan is, nothing that walks through a
 * stage, or writes it, needs a deep stack.
 *
 * <p><b>Fragments.</b> Roots and operations are numbered through: first the roots, then the operations. An operation
 * refers to its inputs as {@link Slot}s, which hold these numbers, and to values as {@link ValueSlot}s.
 *
 * <p><b>Lanes.</b> The records of a fragment come in lanes. A lane is a partition, but for partitions that were joined
 * with their neighbours: these stay apart, so that they can be worked on at the same time, until an operation must see
 * them as one.
 *
 * <p>A stage can be written by Java serialization if the functions in it can. What follows from the lists is found out
 * again when it has been read.
 */
public final class Stage implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int[] NO_INPUTS = {};

    private final ArrayList<StageRoot> roots;
    private final ArrayList<Within<?>> operations;
    private final ArrayList<EndSpec> ends;
    /** By fragment. */
    private final ArrayList<Operator> operators;

    private final transient BitSet seenAsPartitions = new BitSet();
    private final transient int[] laneCounts;
    /** By fragment: the fragments whose records it takes. */
    private final transient int[][] inputs;
    /** By fragment; null where it is no concatenation. */
    private final transient int[][] offsets;

    /**
     * A stage.
     *
     * @param operators what messages call each operation
     */
    Stage(List<StageRoot> roots, List<Within<?>> operations, List<EndSpec> ends, List<Operator> operators) {
        this.roots = new ArrayList<>(roots);
        this.operations = new ArrayList<>(operations);
        this.ends = new ArrayList<>(ends);
        this.operators = new ArrayList<>(operators);
        this.laneCounts = new int[roots.size() + operations.size()];
        this.offsets = new int[laneCounts.length][];
        this.inputs = new int[laneCounts.length][];
        for (int fragment = 0; fragment < inputs.length; fragment++) {
            inputs[fragment] = inputsOf(fragment);
        }
        findWhatIsSeenAsPartitions();
        countLanes();
    }

    private Object readResolve() {
        return new Stage(roots, operations, ends, operators);
    }

    /** Returns what is read. */
    public List<StageRoot> roots() {
        return roots;
    }

    /** Returns the operations, each after its inputs. */
    public List<Within<?>> operations() {
        return operations;
    }

    /** Returns where the records go. */
    public List<EndSpec> ends() {
        return ends;
    }

    /** Returns how many roots and operations there are. */
    public int fragmentCount() {
        return laneCounts.length;
    }

    /** Returns the number of the first operation. */
    public int firstOperation() {
        return roots.size();
    }

    /** Returns the operation with a number, or null where that is a root. */
    Within<?> operation(int fragment) {
        return operations.get(fragment - roots.size());
    }

    boolean isRoot(int fragment) {
        return fragment < roots.size();
    }

    /** Returns what messages call a root or an operation. */
    public Operator operator(int fragment) {
        return isRoot(fragment) ? roots.get(fragment).operator() : operators.get(fragment - roots.size());
    }

    /** Returns the number of the fragment for which {@code input} stands. */
    public static int fragment(Node input) {
        return ((Slot<?>) input).index();
    }

    /** Returns the fragments whose records an operation takes, which is not to be changed. */
    int[] inputs(int fragment) {
        return inputs[fragment];
    }

    private int[] inputsOf(int fragment) {
        if (isRoot(fragment)) {
            return NO_INPUTS;
        }
        List<? extends Node> nodes = operation(fragment).inputs();
        int[] found = new int[nodes.size()];
        int count = 0;
        for (Node node : nodes) {
            if (node instanceof Slot<?> slot) {
                found[count++] = slot.index();
            }
        }
        return count == found.length ? found : Arrays.copyOf(found, count);
    }

    /** Returns the values that the operations need, by their numbers in the program. */
    public List<Integer> values() {
        List<Integer> values = new ArrayList<>(0);
        for (Within<?> operation : operations) {
            for (Node input : operation.inputs()) {
                if (input instanceof ValueSlot<?> value) {
                    values.add(value.index());
                }
            }
        }
        return values;
    }

    /** Returns in how many lanes the records of a fragment come. */
    public int laneCount(int fragment) {
        return laneCounts[fragment];
    }

    /** Returns how many partitions a fragment has for the user. */
    int partitionCount(int fragment) {
        return isRoot(fragment)
                ? roots.get(fragment).partitionCount()
                : operation(fragment).partitionCount();
    }

    /** Returns the offset among the lanes of a concatenation at which each of its bags begins. */
    public int[] offsets(int concatenation) {
        return offsets[concatenation];
    }

    /** Returns which bag of a concatenation a lane belongs to: the last one that begins at or before it. */
    int bagOf(int concatenation, int lane) {
        int bag = Arrays.binarySearch(offsets[concatenation], lane);
        return bag >= 0 ? bag : -2 - bag;
    }

    /** Returns whether joined partitions must be worked on as one. */
    public boolean joinsForReal(int fragment) {
        return operation(fragment) instanceof JoinedNeighbours<?> && seenAsPartitions.get(fragment);
    }

    /** Returns whether several lanes of the inputs must be worked on together. */
    boolean joinsLanes(int fragment) {
        return operation(fragment) instanceof Zipped<?, ?, ?> || joinsForReal(fragment);
    }

    /** Returns whether chunks of one partition may be worked on at the same time, because nothing needs their order. */
    public boolean isFreeOfOrder() {
        for (int fragment = firstOperation(); fragment < fragmentCount(); fragment++) {
            Within<?> operation = operation(fragment);
            if (hasCarry(operation) || needsWholePartition(operation) || joinsForReal(fragment)) {
                return false;
            }
        }
        for (EndSpec end : ends) {
            if (end instanceof EndSpec.Write write && !write.node().sink().takesSections()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the first operation that takes something from each partition to the next, if there is one. */
    public Optional<Operator> firstInOrder() {
        for (int fragment = firstOperation(); fragment < fragmentCount(); fragment++) {
            if (hasCarry(operation(fragment))) {
                return Optional.of(operator(fragment));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns for each root the last of the operations behind it which follow each other one by one and let chunks of a
     * partition be worked on at the same time, whatever those behind them need; the root itself if there is none. -1 where
     * nothing can be made ahead of what follows: what is read comes from earlier stages; or an operation pulls its records,
     * while those ahead are pushed into what is behind, by whichever thread; or one has a policy for errors, because what is
     * left out is counted as it is reached.
     */
    public int[] lastAhead() {
        int[] last = new int[roots.size()];
        Arrays.fill(last, -1);
        int[] takers = new int[fragmentCount()];
        int[] taker = new int[fragmentCount()];
        for (EndSpec end : ends) {
            takers[end.input()]++;
        }
        for (int fragment = firstOperation(); fragment < fragmentCount(); fragment++) {
            if (operation(fragment) instanceof Guarded<?> || pulls(operation(fragment))) {
                return last;
            }
            for (int input : inputs[fragment]) {
                takers[input]++;
                taker[input] = fragment;
            }
        }
        for (int root = 0; root < last.length; root++) {
            if (roots.get(root).origin() instanceof StageRoot.Origin.OfSource) {
                last[root] = root;
                for (int next = taker[root]; takers[last[root]] == 1 && isFreeStep(next); next = taker[next]) {
                    last[root] = next;
                }
            }
        }
        return last;
    }

    private static boolean pulls(Within<?> operation) {
        return operation instanceof Zipped<?, ?, ?>
                || operation instanceof MappedPartitions<?, ?>
                || operation instanceof MappedPartitions.Elsewhere<?, ?>;
    }

    /** Returns whether {@code fragment} is an operation of one bag that works on each record by itself. */
    private boolean isFreeStep(int fragment) {
        return !isRoot(fragment)
                && operation(fragment) instanceof Within.Narrow<?, ?> narrow
                && narrow.flow() == Flow.EACH_RECORD;
    }

    /**
     * Returns the fragments whose lanes must be met in their order: those that carry something from one to the next,
     * those that are joined into one, and those that are read as they come.
     */
    int[] inOrder() {
        BitSet ordered = new BitSet();
        for (int fragment = firstOperation(); fragment < fragmentCount(); fragment++) {
            if (hasCarry(operation(fragment))) {
                ordered.set(fragment);
            } else if (joinsForReal(fragment)) {
                ordered.set(inputs[fragment][0]);
            }
        }
        for (EndSpec end : ends) {
            if (end instanceof EndSpec.Stream) {
                ordered.set(end.input());
            }
        }
        return ordered.stream().toArray();
    }

    /** Returns for each fragment the ends, by their numbers, to which its records come. */
    public List<BitSet> endsBehind() {
        List<BitSet> behind = new ArrayList<>(fragmentCount());
        for (int fragment = 0; fragment < fragmentCount(); fragment++) {
            behind.add(new BitSet(ends.size()));
        }
        for (int end = 0; end < ends.size(); end++) {
            behind.get(ends.get(end).input()).set(end);
        }
        for (int fragment = fragmentCount() - 1; fragment >= firstOperation(); fragment--) {
            for (int input : inputs[fragment]) {
                behind.get(input).or(behind.get(fragment));
            }
        }
        return behind;
    }

    /** Returns how the lanes of a fragment are numbered for people: as the partitions that the user counts. */
    public Place.Numbering numbering(int fragment) {
        return isRoot(fragment) ? roots.get(fragment) : new PartitionNumbers(this, fragment);
    }

    private static boolean hasCarry(Within<?> operation) {
        return operation.flow() == Flow.IN_ORDER;
    }

    private static boolean needsWholePartition(Within<?> operation) {
        return operation.flow() == Flow.WHOLE_PARTITION;
    }

    private void findWhatIsSeenAsPartitions() {
        for (EndSpec end : ends) {
            if (end.needsPartitions()) {
                seenAsPartitions.set(end.input());
            }
        }
        for (int fragment = fragmentCount() - 1; fragment >= firstOperation(); fragment--) {
            Within<?> operation = operation(fragment);
            if (needsWholePartition(operation) || seenAsPartitions.get(fragment)) {
                for (int input : inputs[fragment]) {
                    seenAsPartitions.set(input);
                }
            }
        }
    }

    private void countLanes() {
        for (int fragment = 0; fragment < fragmentCount(); fragment++) {
            laneCounts[fragment] =
                    isRoot(fragment) ? roots.get(fragment).partitionCount() : lanesOf(fragment, operation(fragment));
        }
    }

    private int lanesOf(int fragment, Within<?> operation) {
        int[] from = inputs[fragment];
        if (operation instanceof Concatenated<?>) {
            int[] begins = new int[from.length];
            int sum = 0;
            for (int i = 0; i < begins.length; i++) {
                begins[i] = sum;
                sum += laneCounts[from[i]];
            }
            offsets[fragment] = begins;
            return sum;
        }
        if (operation instanceof SelectedPartition<?>) {
            return 1;
        }
        return joinsForReal(fragment) ? operation.partitionCount() : laneCounts[from[0]];
    }
}
