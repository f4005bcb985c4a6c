package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed.Progress;
import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.run.end.FoldEnd;
import dev.bag.run.end.StageEnd;
import dev.bag.run.skip.TaskSkips.Needless;
import dev.bag.run.watch.StageWatch.TaskWatch;
import dev.bag.run.watch.Tally;
import dev.bag.run.wire.TaskBuilder;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Part;
import dev.bag.stage.StageTasks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works through the tasks of a stage: each opens its feeds, drains them, and leaves its partial results.
 *
 * <p>A task that has nothing to push for now stops, with its feeds left where they are, and a further batch goes on with
 * it when there is something: so no thread waits. Where a fold of the stage may be decided before all records are
 * read, a task that fails waits for those before it in the same way, see {@link InReadingOrder}.
 */
final class StageBatch extends Batch {

    private final LocalStage stage;
    private final List<StageEnd<?>> ends;
    private final boolean inOrder;
    private final boolean freeOfOrder;
    /** Null where tasks need not follow each other. */
    private final @Nullable RunAhead ahead;
    /** Null where no result can be decided early, or tasks follow each other anyway. */
    private final @Nullable InReadingOrder<Failure> failures;
    /** By fragment; null until it is needed, when all tasks have ended. */
    private @Nullable List<BitSet> endsBehind;

    /**
     * A task that has failed.
     *
     * @param position where in the stage
     * @param decided how many of the task's results were decided before it when it began; -1 if the failure does not
     *     depend on that
     * @param again works on the task once more
     */
    private record Failure(StageTask task, Throwable thrown, long position, int decided, Again again) {}

    /** Work on a task. Returns what must be judged then, if anything. */
    @FunctionalInterface
    private interface Again {
        @Nullable Failure run(Execution execution) throws Throwable;
    }

    StageBatch(LocalStage stage) {
        super(stage.tasks().count(), stage.isInOrder() ? Order.ONE_AFTER_THE_OTHER : Order.ANY);
        this.stage = stage;
        this.ends = stage.ends();
        this.inOrder = stage.isInOrder();
        this.ahead = stage.ahead().isEmpty() ? null : new RunAhead(this, stage);
        this.freeOfOrder = stage.pass().stage().isFreeOfOrder();
        this.failures = !inOrder && decidable(ends) > 0 ? new InReadingOrder<>() : null;
    }

    /** How many of {@code ends} may be decided before all records are read. */
    private static int decidable(List<? extends StageEnd<?>> ends) {
        int count = 0;
        for (StageEnd<?> end : ends) {
            count += end instanceof FoldEnd fold && fold.isDecidable() ? 1 : 0;
        }
        return count;
    }

    @Override
    protected Throwable inTask(int index, Throwable thrown) {
        return stage.tasks().rootPartitions(index).get(0).place().failure(null, thrown);
    }

    @Override
    protected void run(int index, Execution execution) throws Throwable {
        StageTask task = new StageTask(index, stage.watch().begin(index));
        StageTasks.RootPartition first = task.partitions.get(0);
        if (freeOfOrder && stage.rules().retries() == 0 && stage.isPipelined(first)) {
            Part<?> part = stage.part(first);
            if (part.pipelined()) {
                task.run(new Pipeline(this, task, first, part)::run, execution);
                return;
            }
        }
        settle(task.goOn(execution), execution);
    }

    /** Judges failures whose time has come. */
    private static void settle(@Nullable Failure first, Execution execution) throws Throwable {
        @Nullable Failure due = first;
        while (due != null) {
            due = due.task().judge(due, execution);
        }
    }

    /** A stretch of work of one thread on a pipeline. */
    @FunctionalInterface
    interface PipelineWork {
        void run(Execution execution) throws Throwable;
    }

    /** One task of the stage: one thread at a time, or through a {@link Pipeline}. */
    final class StageTask {

        private final int number;
        private final List<StageTasks.RootPartition> partitions;
        private final TaskWatch told;
        private final Attempts attempts;
        /** While it is worked on. */
        private @Nullable OpenTask open;

        /** Where its records come to. */
        private List<? extends StageEnd<?>> reached = ends;

        private int decided;
        /** Whether the next task waits for the end of this one, and not of its first stretch. */
        private boolean isHeld;

        private StageTask(int number, TaskWatch told) {
            this.number = number;
            this.partitions = stage.tasks().rootPartitions(number);
            this.told = told;
            this.attempts = new Attempts(stage.rules(), stage.tally().run());
        }

        int number() {
            return number;
        }

        TaskWatch watch() {
            return told;
        }

        LocalStage stage() {
            return stage;
        }

        /** Whether a failure of it may have to wait for the tasks before it. */
        boolean mayBeDecided() {
            return failures != null && decidable(reached) > 0;
        }

        /** Whether nothing but results that may be decided early comes of it. */
        boolean onlyDecides() {
            return failures != null && decidable(reached) == reached.size();
        }

        /** Its records come to {@code ends}, of which so many are decided by what comes before it. */
        void reaches(List<TaskBuilder.End> places) {
            if (failures == null) {
                return;
            }
            reached = places.stream()
                    .<StageEnd<?>>map(place -> ends.get(place.number()))
                    .toList();
            decided = decidedBefore(OpenTask.position(number, 0));
        }

        /** Runs a part of the pipeline of this; it tells of its end by itself, unless it throws. */
        void run(PipelineWork work, Execution execution) throws Throwable {
            try {
                work.run(execution);
            } catch (Throwable e) {
                Throwable failure = Attempts.timeoutOr(e, execution);
                told.failed(failure, execution);
                throw failure;
            }
        }

        /** All its records have been read, through a pipeline. */
        void endPipeline(Execution execution) throws Throwable {
            settle(ended(execution), execution);
        }

        /** Its pipeline has ended at {@code position} with {@code thrown}; see {@link Failure}. */
        void failPipeline(Throwable thrown, long position, int decidedThen, PipelineWork again, Execution execution)
                throws Throwable {
            Again workAgain = running -> {
                run(again, running);
                return null;
            };
            settle(failed(new Failure(this, thrown, position, decidedThen, workAgain), execution), execution);
        }

        /** Works until the end, or until there is nothing to do for now. Returns what must be judged then, if anything. */
        private @Nullable Failure goOn(Execution execution) throws Throwable {
            @Nullable List<StageEnd.Ready> parts;
            try {
                parts = attempts.<List<StageEnd.Ready>>run(
                        execution, told, () -> attempt(execution), () -> again(execution));
            } catch (Throwable e) {
                return failed(new Failure(this, e, OpenTask.position(number, 0), decided, this::goOn), execution);
            }
            if (parts == null) {
                return null;
            }
            try {
                for (StageEnd.Ready part : parts) {
                    part.deposit();
                }
            } catch (Throwable e) {
                told.failed(e, execution);
                throw e;
            }
            return ended(execution);
        }

        private @Nullable Failure ended(Execution execution) {
            if (execution.stopping()) {
                return null;
            }
            told.ended();
            if (isHeld) {
                execution.release(StageBatch.this);
            }
            return failures == null ? null : failures.ended(number);
        }

        private @Nullable Failure failed(Failure failure, Execution execution) throws Throwable {
            if (failures == null || !mayBeDecided() || execution.stopping() || isOfMemory(failure.thrown())) {
                told.failed(failure.thrown(), execution);
                throw failure.thrown();
            }
            return failures.failed(number, failure);
        }

        /** All before it has ended: does {@code failure} count? Where that is uncertain, works on the task once more. */
        private @Nullable Failure judge(Failure failure, Execution execution) throws Throwable {
            int decidedNow = decidedBefore(failure.position());
            if (decidedNow == reached.size()) {
                return ended(execution); // nothing of it is wanted
            }
            if (decidedNow == failure.decided() || failure.decided() < 0) {
                told.failed(failure.thrown(), execution);
                throw failure.thrown();
            }
            return failure.again().run(execution);
        }

        /** Whether nothing is wanted of all that its partitions have come to, because other results are known. */
        boolean isDecided() {
            return decidedBefore(OpenTask.position(number + 1, 0)) == reached.size();
        }

        /** How many of its results are decided by what comes before {@code position}. */
        int decidedBefore(long position) {
            int count = 0;
            for (StageEnd<?> end : reached) {
                count += end instanceof FoldEnd fold && fold.isDecidedBefore(position) ? 1 : 0;
            }
            return count;
        }

        /** Says when the stage is over what of the work from {@code position} on was not needed; null if all of it was. */
        @Nullable Needless needless(long position) {
            return mayBeDecided() ? node -> isDecidedBefore(position, endsBehind(node)) : null;
        }

        /** Whether those of {@code among} that this has reached are decided by what comes before {@code position}. */
        private boolean isDecidedBefore(long position, @Nullable BitSet among) {
            for (StageEnd<?> end : reached) {
                boolean isAmong = among == null || among.get(ends.indexOf(end));
                if (isAmong && !(end instanceof FoldEnd fold && fold.isDecidedBefore(position))) {
                    return false;
                }
            }
            return true;
        }

        /** What it has come to, for each end; null when there is nothing to do for now. */
        private @Nullable List<StageEnd.Ready> attempt(Execution execution) throws Throwable {
            OpenTask opened = open == null ? open(execution) : open;
            if (open == null) {
                open = opened;
                reaches(opened.ends());
            }
            boolean given = false;
            Tally before = opened.tally().enter();
            try {
                if (drain(opened, execution) == Progress.LATER) {
                    given = true;
                    suspend(opened, execution);
                    return null;
                }
                List<StageEnd.Ready> parts = new ArrayList<>(opened.ends().size() + 1);
                if (!execution.stopping()) {
                    take(opened, parts);
                }
                given = true;
                open = null;
                return parts;
            } finally {
                opened.tally().leave(before);
                if (!given) {
                    open = null;
                    opened.discard(ends);
                }
            }
        }

        private void take(OpenTask opened, List<StageEnd.Ready> parts) throws Throwable {
            for (TaskBuilder.End end : opened.ends()) {
                parts.add(ends.get(end.number()).take(end.partition(), end.sink()));
            }
            parts.add(() -> opened.commit(stage.tally(), needless(opened.position())));
        }

        private OpenTask open(Execution execution) throws Exception {
            return ahead == null
                    ? OpenTask.of(number, partitions, stage, told)
                    : ahead.open(number, partitions, told, execution);
        }

        /** Stops, so that another attempt begins with what is returned. */
        private Batch again(Execution execution) {
            goesOnLater(execution);
            return new Resumed(this, () -> {});
        }

        private void goesOnLater(Execution execution) {
            if (inOrder) {
                isHeld = true;
                hold(number);
            }
            execution.expect(StageBatch.this, 1);
        }

        /** Stops, so that a further batch goes on with {@code opened} when there is something to do. */
        private void suspend(OpenTask opened, Execution execution) {
            goesOnLater(execution);
            Closing.Closer closer = opened::close;
            stage.openThings().add(closer);
            opened.whenReady(() -> execution.resume(new Resumed(this, closer)));
        }
    }

    /** Goes on with a task. */
    private final class Resumed extends Batch {

        private final StageTask task;
        private final Closing.Closer closer;

        Resumed(StageTask task, Closing.Closer closer) {
            super(StageBatch.this);
            this.task = task;
            this.closer = closer;
        }

        @Override
        protected Throwable inTask(int index, Throwable thrown) {
            return StageBatch.this.inTask(task.number, thrown);
        }

        @Override
        protected void run(int index, Execution execution) throws Throwable {
            stage.openThings().remove(closer);
            settle(task.goOn(execution), execution);
        }
    }

    /** The ends to which records of an operation come; null if it is in no particular place. */
    private @Nullable BitSet endsBehind(int node) {
        if (node < 0) {
            return null;
        }
        List<BitSet> known = endsBehind == null ? stage.pass().stage().endsBehind() : endsBehind;
        endsBehind = known;
        @Nullable BitSet found = null;
        for (int fragment = 0; fragment < known.size(); fragment++) {
            Operator.Cover cover = stage.pass().stage().operator(fragment).cover();
            if (cover.node() == node) {
                found = found == null ? new BitSet() : found;
                found.or(known.get(fragment));
            }
        }
        return found;
    }

    /** An error of the whole JVM does not wait. */
    static boolean isOfMemory(Throwable failure) {
        Throwable thrown = failure instanceof OperatorFailure known ? known.thrown() : failure;
        return thrown instanceof OutOfMemoryError;
    }

    /** Drains a task, and closes it unless it goes on later. */
    private Progress drain(OpenTask opened, Execution execution) throws Throwable {
        @Nullable Throwable failure = null;
        Progress progress = Progress.ENDED;
        try {
            progress = opened.goOn(execution::stopping);
            if (progress == Progress.LATER) {
                return progress;
            }
        } catch (Throwable e) {
            failure = e;
        }
        try {
            opened.close();
        } catch (Throwable e) {
            if (failure != null && failures == null && stage.rules().retries() == 0) {
                execution.fail(failure); // the first one; this one is told as another
            }
            failure = e;
        }
        if (failure != null) {
            throw failure;
        }
        return progress;
    }

    @Override
    protected void completed() throws Throwable {
        stage.skips().settle();
        for (StageEnd<?> end : ends) {
            end.completed();
        }
        stage.doneReading();
        stage.watch().ended();
    }
}
