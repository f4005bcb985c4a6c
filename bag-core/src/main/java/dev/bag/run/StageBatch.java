package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.RecordsPart;
import dev.bag.kernel.SourceFeed;
import dev.bag.run.end.Produced;
import dev.bag.run.end.StageEnd;
import dev.bag.run.wire.UnitBuilder;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Part;
import dev.bag.stage.StageTasks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works through the units of a stage: each opens its feeds, drains them, and leaves its partial results. */
final class StageBatch extends Batch {

    /** Read where a source has no parts at all. */
    private static final Part<?> NO_RECORDS = new RecordsPart<>(new Object[0], 0, 0);

    private final LocalStage stage;
    private final StageTasks tasks;
    private final boolean freeOfOrder;

    StageBatch(LocalStage stage) {
        super(
                stage.pass().tasks().count(),
                stage.pass().stage().firstInOrder().isEmpty() ? Order.ANY : Order.ONE_AFTER_THE_OTHER);
        this.stage = stage;
        this.tasks = stage.pass().tasks();
        this.freeOfOrder = stage.pass().stage().isFreeOfOrder();
    }

    @Override
    protected void run(int index, Execution execution) throws Throwable {
        TaskWatch task = stage.watch().begin(index);
        try {
            run(index, task, execution);
        } catch (Throwable e) {
            task.failed(e, execution);
            throw e;
        }
    }

    private void run(int index, TaskWatch task, Execution execution) throws Throwable {
        List<StageTasks.RootPartition> partitions = tasks.rootPartitions(index);
        Attempts attempts = stage.attempts();
        if (freeOfOrder && !attempts.areSeveral() && stage.pass().stage().roots().get(partitions.get(0).root()).pipelined()) {
            StageTasks.RootPartition partition = partitions.get(0);
            Part<?> part = part(stage, partition);
            if (part.pipelined()) {
                new Pipeline(this, stage, partition, part, task).run(execution);
                return;
            }
        }
        for (StageEnd.Ready part : attempts.run(execution, task, () -> attempt(partitions, execution))) {
            part.deposit();
        }
        if (!execution.stopping()) {
            task.ended();
        }
    }

    private List<StageEnd.Ready> attempt(List<StageTasks.RootPartition> partitions, Execution execution) throws Throwable {
        UnitBuilder unit = new UnitBuilder();
        for (StageTasks.RootPartition partition : partitions) {
            addFeed(unit, partition, stage);
        }
        List<Runnable> marks = new ArrayList<>(unit.carried().size());
        unit.carried().forEach(carried -> marks.add(carried.mark()));
        boolean taken = false;
        try {
            drain(unit, execution);
            List<StageEnd.Ready> parts = new ArrayList<>(unit.ends().size());
            if (!execution.stopping()) {
                for (UnitBuilder.End end : unit.ends()) {
                    parts.add(stage.ends().get(end.number()).take(end.partition(), end.sink()));
                }
            }
            taken = true;
            return parts;
        } finally {
            if (!taken) {
                marks.forEach(Runnable::run);
                discard(unit);
            }
        }
    }

    private void discard(UnitBuilder unit) {
        for (UnitBuilder.End end : unit.ends()) {
            stage.ends().get(end.number()).discard(end.sink());
        }
    }

    /** Drains the feeds of a unit, and closes them. */
    private void drain(UnitBuilder unit, Execution execution) throws Throwable {
        @Nullable Throwable failure = null;
        try {
            for (Feed feed : unit.feeds()) {
                feed.drain(execution::stopping);
            }
        } catch (Throwable e) {
            failure = e;
        }
        try {
            close(unit);
        } catch (Throwable e) {
            if (failure != null && !stage.attempts().areSeveral()) {
                execution.fail(failure); // the first one; this one is told as another
            }
            failure = e;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void close(UnitBuilder unit) throws Exception {
        if (unit.feeds().size() == 1) {
            unit.feeds().get(0).close();
            return;
        }
        Closing closing = new Closing();
        for (Feed feed : unit.feeds()) {
            closing.add(feed::close);
        }
        closing.closeAll();
    }

    /** Puts the feed of {@code partition} and all that is behind it into {@code unit}. */
    static void addFeed(UnitBuilder unit, StageTasks.RootPartition partition, LocalStage stage) {
        Part<?> part = part(stage, partition);
        unit.addFeed(
                stage.junctions().get(partition.root()),
                partition.partition(),
                sink -> new SourceFeed(partition.place(), part, sink));
    }

    private static Part<?> part(LocalStage stage, StageTasks.RootPartition partition) {
        List<? extends Part<?>> parts = stage.roots().get(partition.root()).parts().get();
        return parts.isEmpty() ? NO_RECORDS : parts.get(partition.partition());
    }

    @Override
    protected void completed() throws Throwable {
        for (StageEnd<?> end : stage.ends()) {
            end.completed();
        }
        for (LocalStage.Root root : stage.roots()) {
            for (Produced needed : root.needs()) {
                needed.doneReading();
            }
        }
    }
}
