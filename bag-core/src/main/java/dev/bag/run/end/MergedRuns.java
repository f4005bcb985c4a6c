package dev.bag.run.end;

import dev.bag.kernel.EvenCut;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.run.end.SegmentsEnd.ShuffleOutput;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Segments;
import dev.bag.shuffle.sort.SortedChunk;
import dev.bag.shuffle.sort.SortedRuns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Sorted runs, of which so many neighbours are merged that the rest can be merged while it is read. */
final class MergedRuns {

    private final ShuffleOutput output;
    private final Operator operator;
    private final Comparator<Object> order;
    private final int partitionCount;
    /** Written when the last pass is over, read by the stages behind it. */
    private @Nullable SortedRuns runs;

    MergedRuns(ShuffleOutput output, Operator operator, Comparator<Object> order, int partitionCount) {
        this.output = output;
        this.operator = operator;
        this.order = order;
        this.partitionCount = partitionCount;
    }

    SortedChunk open(int partition) throws Throwable {
        if (runs == null) {
            throw new IllegalStateException("the runs have not been merged yet");
        }
        return runs.open(partition);
    }

    /** Merges in passes until few enough runs are left; each task of a pass merges neighbours, the last one goes on. */
    Batch passes() {
        return new Batch(1) {
            @Override
            protected void run(int index, Execution execution) throws Throwable {
                pass(this, execution);
            }
        };
    }

    private void pass(Batch passes, Execution execution) throws Throwable {
        List<Segment> now = output.segments().list();
        int most = SortedRuns.mostMerged(now, output.area().space());
        if (now.size() <= most) {
            runs = OperatorFailure.naming(operator, () -> new SortedRuns(now, order, partitionCount));
            return;
        }
        int groupCount = (now.size() + most - 1) / most;
        AtomicReferenceArray<Segment> merged = new AtomicReferenceArray<>(groupCount);
        AtomicInteger unmerged = new AtomicInteger(groupCount);
        for (int group = 0; group < groupCount; group++) {
            int number = group;
            EvenCut neighbours = new EvenCut(now.size(), groupCount);
            List<Segment> members = now.subList((int) neighbours.begin(group), (int) neighbours.end(group));
            execution.fork(new Batch(passes) {
                @Override
                protected void run(int index, Execution running) throws Throwable {
                    merged.set(number, merge(members));
                    if (unmerged.decrementAndGet() == 0) {
                        output.set(new Segments(inOrder(merged)));
                        pass(passes, running);
                    }
                }
            });
        }
    }

    private Segment merge(List<Segment> members) {
        return OperatorFailure.naming(
                operator, () -> members.size() == 1 ? members.get(0) : SortedRuns.merge(members, order, output.area()));
    }

    private static List<Segment> inOrder(AtomicReferenceArray<Segment> merged) {
        List<Segment> segments = new ArrayList<>(merged.length());
        for (int i = 0; i < merged.length(); i++) {
            segments.add(merged.get(i));
        }
        return segments;
    }
}
