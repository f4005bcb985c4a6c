package dev.bag.lower;

import dev.bag.kernel.Place;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Flow;
import dev.bag.plan.JoinedNeighbours;
import dev.bag.plan.Node;
import dev.bag.plan.Plan;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Within;
import dev.bag.plan.Zipped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a plan that one stage works through: what it reads, the operations in between, inputs first, and where it
 * ends. Answers what the operations demand of the order of the work.
 */
final class StageGraph {

    private final List<StageRoot> roots;
    private final List<Plan<?>> operations;
    private final List<Terminal<?>> terminals;
    private final Map<Plan<?>, Integer> leafCounts = new IdentityHashMap<>();
    private final Map<Plan<?>, int[]> offsets = new IdentityHashMap<>();
    private final Set<Plan<?>> seenAsPartitions = Collections.newSetFromMap(new IdentityHashMap<>());

    StageGraph(List<StageRoot> roots, List<Plan<?>> operations, List<Terminal<?>> terminals) {
        this.roots = roots;
        this.operations = operations;
        this.terminals = terminals;
        findWhatIsSeenAsPartitions();
        countLeaves();
    }

    List<StageRoot> roots() {
        return roots;
    }

    List<Plan<?>> operations() {
        return operations;
    }

    List<Terminal<?>> terminals() {
        return terminals;
    }

    /**
     * How many parts the records of {@code plan} come in. Partitions that are joined with their neighbours stay apart as
     * long as no operation must see them as one, so that they can be worked on at the same time.
     */
    int leafCount(Plan<?> plan) {
        Integer count = leafCounts.get(plan);
        if (count == null) {
            throw new IllegalArgumentException("not in this stage: " + plan.operator());
        }
        return count;
    }

    /** Whether joined partitions must be worked on as one. */
    boolean joinsForReal(JoinedNeighbours<?> plan) {
        return seenAsPartitions.contains(plan);
    }

    /** Whether chunks of one partition may be worked on at the same time: no operation needs it in order. */
    boolean isFreeOfOrder() {
        return operations.stream().noneMatch(plan -> hasCarry(plan) || needsWholePartition(plan) || joins(plan));
    }

    /** Operations that take something from each partition to the next. */
    List<Plan<?>> carrying() {
        return operations.stream().filter(StageGraph::hasCarry).toList();
    }

    /** What must meet its partitions in their order: those, what is joined into one, and what is read as it comes. */
    List<Plan<?>> ordered() {
        List<Plan<?>> ordered = new ArrayList<>(carrying());
        for (Plan<?> plan : operations) {
            if (plan instanceof JoinedNeighbours<?> joined && joins(joined)) {
                ordered.add(joined.input());
            }
        }
        terminals.stream().filter(StreamTerminal.class::isInstance).forEach(terminal -> ordered.add(terminal.input()));
        return ordered;
    }

    /** Operations for which several parts must be worked on together. */
    List<Plan<?>> joining() {
        return operations.stream()
                .filter(plan -> plan instanceof Zipped<?, ?, ?> || joins(plan))
                .toList();
    }

    private boolean joins(Plan<?> plan) {
        return plan instanceof JoinedNeighbours<?> && seenAsPartitions.contains(plan);
    }

    private static boolean hasCarry(Plan<?> plan) {
        return plan instanceof Within<?> within && within.flow() == Flow.IN_ORDER;
    }

    private static boolean needsWholePartition(Plan<?> plan) {
        return plan instanceof Within<?> within && within.flow() == Flow.WHOLE_PARTITION;
    }

    private void findWhatIsSeenAsPartitions() {
        for (Terminal<?> terminal : terminals) {
            if (terminal.needsPartitions()) {
                seenAsPartitions.add(terminal.input());
            }
        }
        for (int i = operations.size() - 1; i >= 0; i--) {
            Plan<?> plan = operations.get(i);
            if (needsWholePartition(plan) || seenAsPartitions.contains(plan)) {
                for (Node input : plan.inputs()) {
                    if (input instanceof Plan<?> below) {
                        seenAsPartitions.add(below);
                    }
                }
            }
        }
    }

    private void countLeaves() {
        roots.forEach(root -> leafCounts.put(root.plan(), root.partitionCount()));
        for (Plan<?> plan : operations) {
            leafCounts.put(plan, leavesOf(plan));
            if (plan instanceof Concatenated<?> concat) {
                offsets.put(concat, countOffsets(concat));
            }
        }
    }

    private int leavesOf(Plan<?> plan) {
        if (plan instanceof Concatenated<?> concat) {
            int sum = 0;
            for (Plan<?> bag : concat.bags()) {
                sum += leafCount(bag);
            }
            return sum;
        }
        if (plan instanceof SelectedPartition<?>) {
            return 1;
        }
        if (plan instanceof JoinedNeighbours<?> && joins(plan)) {
            return plan.partitionCount();
        }
        return leafCount((Plan<?>) plan.inputs().get(0));
    }

    /** How the leaves of {@code plan} are numbered for people: as the partitions that the user counts. */
    Place.Numbering numbering(Plan<?> plan) {
        return new PartitionNumbers(this, plan);
    }

    /** The offset at which each bag of a concatenation begins. */
    int[] offsets(Concatenated<?> concat) {
        int[] known = offsets.get(concat);
        if (known == null) {
            throw new IllegalArgumentException("not in this stage: " + concat.operator());
        }
        return known;
    }

    /** Which bag of a concatenation has a leaf of it: the last one that begins at or before it. */
    int bagOf(Concatenated<?> concat, int leaf) {
        int bag = Arrays.binarySearch(offsets(concat), leaf);
        return bag >= 0 ? bag : -2 - bag;
    }

    private int[] countOffsets(Concatenated<?> concat) {
        int[] begins = new int[concat.bags().size()];
        int sum = 0;
        for (int i = 0; i < begins.length; i++) {
            begins[i] = sum;
            sum += leafCount(concat.bags().get(i));
        }
        return begins;
    }

    /** All plans with records in this stage, what is read first. */
    List<Plan<?>> plans() {
        List<Plan<?>> plans = new ArrayList<>();
        roots.forEach(root -> plans.add(root.plan()));
        plans.addAll(operations);
        return plans;
    }
}
