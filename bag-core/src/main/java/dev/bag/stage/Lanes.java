package dev.bag.stage;

import dev.bag.kernel.EvenCut;
import dev.bag.plan.Concatenated;
import dev.bag.plan.SelectedPartition;
import dev.bag.plan.Within;
import dev.bag.plan.Zipped;
import java.util.function.IntConsumer;

/**
 * From which root partitions the lanes of each fragment come, one step at a time. A fragment that changes no lanes has
 * those of its input, however many of this kind follow each other; so a look at a lane costs as many steps as operations
 * change lanes.
 */
final class Lanes {
    private final Stage stage;
    private final int[] firstOf;
    /** For each fragment the last one at or below it that is a root or changes lanes. */
    private final int[] origins;

    private final boolean areRootPartitions;

    private Lanes(Stage stage, int[] firstOf, int[] origins, boolean areRootPartitions) {
        this.stage = stage;
        this.firstOf = firstOf;
        this.origins = origins;
        this.areRootPartitions = areRootPartitions;
    }

    static Lanes of(Stage stage, int[] firstOf) {
        int[] origins = new int[stage.fragmentCount()];
        boolean movesLanes = false;
        boolean joinsLanes = false;
        for (int fragment = 0; fragment < origins.length; fragment++) {
            if (stage.isRoot(fragment)) {
                origins[fragment] = fragment;
                continue;
            }
            Within<?> operation = stage.operation(fragment);
            boolean joins = stage.joinsLanes(fragment);
            boolean moves = operation instanceof Concatenated<?> || operation instanceof SelectedPartition<?>;
            origins[fragment] = joins || moves ? fragment : origins[stage.inputs(fragment)[0]];
            joinsLanes |= joins;
            movesLanes |= moves;
        }
        boolean simple = !joinsLanes && (!movesLanes || stage.inOrder().length == 0);
        return new Lanes(stage, firstOf, origins, simple);
    }

    /** Returns whether each root partition, in their order, will do as a task. */
    boolean areRootPartitions() {
        return areRootPartitions;
    }

    /** Returns the fragment at or below {@code fragment} that gave it its lanes. */
    int origin(int fragment) {
        return origins[fragment];
    }

    /** Returns the number of a root partition. */
    int number(int root, int partition) {
        return firstOf[root] + partition;
    }

    int rootPartitionCount() {
        return firstOf[firstOf.length - 1];
    }

    /** Takes a lane of an origin. */
    @FunctionalInterface
    interface Visitor {
        void lane(int origin, int lane);
    }

    /** Calls {@code visitor} with each lane of which a lane of {@code origin}, which is no root, is made, in order. */
    void forEachBelow(int origin, int lane, Visitor visitor) {
        Within<?> operation = stage.operation(origin);
        int[] inputs = stage.inputs(origin);
        if (operation instanceof Concatenated<?>) {
            int bag = stage.bagOf(origin, lane);
            visitor.lane(origins[inputs[bag]], lane - stage.offsets(origin)[bag]);
        } else if (operation instanceof SelectedPartition<?> selected) {
            visitor.lane(origins[inputs[0]], selected.index());
        } else if (operation instanceof Zipped<?, ?, ?>) {
            visitor.lane(origins[inputs[0]], lane);
            visitor.lane(origins[inputs[1]], lane);
        } else {
            int input = origins[inputs[0]];
            EvenCut cut = new EvenCut(stage.laneCount(input), stage.partitionCount(origin));
            for (int member = (int) cut.begin(lane); member < cut.end(lane); member++) {
                visitor.lane(input, member);
            }
        }
    }

    /** Calls {@code consumer} with each fragment that changes lanes, each after those below it. */
    void forEachChange(IntConsumer consumer) {
        for (int fragment = stage.firstOperation(); fragment < origins.length; fragment++) {
            if (origins[fragment] == fragment) {
                consumer.accept(fragment);
            }
        }
    }
}
