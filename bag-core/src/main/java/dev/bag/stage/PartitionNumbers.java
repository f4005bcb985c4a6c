package dev.bag.stage;

import dev.bag.kernel.EvenCut;
import dev.bag.kernel.Operator.Place;
import dev.bag.plan.Concatenated;
import dev.bag.plan.Repartitioned.JoinedNeighbours;
import dev.bag.plan.Within;
import java.util.ArrayDeque;
import java.util.Deque;

/** Which partition of a fragment a lane belongs to: another number only behind partitions that were joined. */
record PartitionNumbers(Stage stage, int fragment) implements Place.Numbering {
    private static final EvenCut NOT_JOINED = new EvenCut(1, 1);

    @Override
    public int count() {
        return stage.partitionCount(fragment);
    }

    @Override
    public int partCount() {
        return stage.laneCount(fragment);
    }

    /** A step on the way up: partitions that come after others, or that are joined. */
    private record Step(int before, EvenCut joined) {}

    /** Goes down to where lanes are partitions, and counts on the way up again. */
    @Override
    public int partitionOf(int laneOfFragment) {
        Deque<Step> steps = new ArrayDeque<>();
        int at = fragment;
        int lane = laneOfFragment;
        while (!stage.isRoot(at) && stage.laneCount(at) != stage.partitionCount(at)) {
            Within<?> operation = stage.operation(at);
            int[] inputs = stage.inputs(at);
            int input = inputs[0];
            if (operation instanceof Concatenated<?>) {
                int bag = stage.bagOf(at, lane);
                int before = 0;
                for (int i = 0; i < bag; i++) {
                    before += stage.partitionCount(inputs[i]);
                }
                lane -= stage.offsets(at)[bag];
                input = inputs[bag];
                steps.push(new Step(before, NOT_JOINED));
            } else if (operation instanceof JoinedNeighbours<?>) {
                steps.push(new Step(0, new EvenCut(stage.partitionCount(input), stage.partitionCount(at))));
            }
            at = input;
        }
        int partition = lane;
        for (Step step : steps) {
            partition = step.before() + step.joined().partOf(partition);
        }
        return partition;
    }
}
