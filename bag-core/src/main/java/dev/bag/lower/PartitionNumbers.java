package dev.bag.lower;

import dev.bag.kernel.Place;
import dev.bag.plan.Concatenated;
import dev.bag.plan.JoinedNeighbours;
import dev.bag.plan.Plan;

/** Which partition of a plan a leaf belongs to: another number only behind partitions that were joined. */
record PartitionNumbers(StageGraph graph, Plan<?> plan) implements Place.Numbering {

    @Override
    public int count() {
        return plan.partitionCount();
    }

    @Override
    public int partitionOf(int leaf) {
        return graph.leafCount(plan) == plan.partitionCount() ? leaf : partitionOf(plan, leaf);
    }

    private int partitionOf(Plan<?> of, int leaf) {
        Plan<?> at = of;
        while (!at.inputs().isEmpty() && graph.leafCount(at) != at.partitionCount()) {
            if (at instanceof Concatenated<?> concat) {
                return inConcatenation(concat, leaf);
            }
            if (at instanceof JoinedNeighbours<?> joined) {
                int below = partitionOf(joined.input(), leaf);
                return new Neighbours(joined.input().partitionCount(), joined.partitionCount()).groupOf(below);
            }
            at = (Plan<?>) at.inputs().get(0);
        }
        return leaf;
    }

    private int inConcatenation(Concatenated<?> concat, int leaf) {
        int bag = graph.bagOf(concat, leaf);
        int before = 0;
        for (int i = 0; i < bag; i++) {
            before += concat.bags().get(i).partitionCount();
        }
        return before + partitionOf(concat.bags().get(bag), leaf - graph.offsets(concat)[bag]);
    }
}
