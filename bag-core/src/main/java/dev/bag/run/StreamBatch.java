package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.GatherSink;
import dev.bag.run.wire.UnitBuilder;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.stage.StageTasks;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Works through the units of the last stage for a reader who takes the records as they come, in order.
 *
 * <p>Protocol. At most {@code unitsAhead} units are begun beyond the one that is being read. A unit hands its records over
 * in small pieces; when {@link #MOST_PIECES} of them wait, its task ends with the feeds left where they are, so that no
 * thread waits for a slow reader, and the reader brings a new task for it when it has taken one. This batch expects one
 * forked batch a unit from the beginning, and one more each time a task ends early, so it completes when all units are
 * done. Everything a unit's task leaves for the next one, and the pieces, is guarded by this object's lock.
 */
final class StreamBatch extends Batch {

    private static final int PIECE = 1024;
    private static final int MOST_PIECES = 4;

    private final LocalStage stage;
    private final StageTasks tasks;
    private final boolean oneAfterTheOther;
    private final int unitsAhead;

    /** Guarded by this, like all that follows. */
    private final ArrayDeque<Unit> begun = new ArrayDeque<>();

    private int nextToBegin;
    private boolean lastIsDone = true;
    private @Nullable Execution execution;

    StreamBatch(LocalStage stage, int unitsAhead) {
        super(1);
        this.stage = stage;
        this.tasks = stage.pass().tasks();
        this.oneAfterTheOther = stage.pass().stage().firstInOrder().isPresent();
        this.unitsAhead = unitsAhead;
    }

    private static final class Unit {

        final int number;
        final ArrayDeque<Object[]> pieces = new ArrayDeque<>();
        final UnitBuilder built = new UnitBuilder();
        TaskWatch task = TaskWatch.NONE;
        int feed = -1;
        boolean isSuspended;
        boolean isDone;
        Closing.@Nullable Closer closer;

        Unit(int number) {
            this.number = number;
        }
    }

    @Override
    protected void run(int index, Execution running) {
        running.expect(this, tasks.count());
        synchronized (this) {
            execution = running;
            beginUnits();
        }
    }

    /**
     * The next records, for the reader: null after the last, and an empty array when it must wait until something
     * {@linkplain #hasNews has changed}.
     */
    synchronized Object @Nullable [] poll() {
        if (execution == null) {
            return new Object[0];
        }
        while (true) {
            Unit unit = begun.peek();
            if (unit == null) {
                return nextToBegin == tasks.count() ? null : new Object[0];
            }
            Object[] piece = unit.pieces.poll();
            if (piece != null) {
                resume(unit, execution);
                return piece;
            }
            if (!unit.isDone) {
                return new Object[0];
            }
            begun.poll();
            beginUnits();
        }
    }

    /** Whether {@link #poll} would answer something else than "wait". */
    synchronized boolean hasNews() {
        Unit unit = begun.peek();
        return execution != null
                && (unit == null ? nextToBegin == tasks.count() : unit.isDone || !unit.pieces.isEmpty());
    }

    private void resume(Unit unit, Execution running) {
        if (unit.isSuspended) {
            unit.isSuspended = false;
            running.resume(new UnitBatch(unit));
        }
    }

    private synchronized void beginUnits() {
        while (execution != null
                && nextToBegin < tasks.count()
                && begun.size() <= unitsAhead
                && (lastIsDone || !oneAfterTheOther)) {
            Unit unit = new Unit(nextToBegin++);
            begun.add(unit);
            lastIsDone = false;
            execution.resume(new UnitBatch(unit));
        }
    }

    /** Takes over what a unit has gathered; false when it should make no more for now. */
    private synchronized boolean handOver(Unit unit, boolean done, Execution running) {
        for (UnitBuilder.End end : unit.built.ends()) {
            Object[] piece = ((GatherSink) end.sink()).take();
            if (piece.length > 0) {
                unit.pieces.add(piece);
            }
        }
        unit.isDone = done;
        if (done && unit.number == nextToBegin - 1) {
            lastIsDone = true;
            beginUnits();
        }
        if (!done && unit.pieces.size() >= MOST_PIECES) {
            unit.isSuspended = true;
            running.expect(this, 1);
            return false;
        }
        return !done;
    }

    private boolean hasPiece(Unit unit) {
        for (UnitBuilder.End end : unit.built.ends()) {
            if (((GatherSink) end.sink()).rope().count() >= PIECE) {
                return true;
            }
        }
        return false;
    }

    private void build(Unit unit) {
        for (StageTasks.RootPartition partition : tasks.rootPartitions(unit.number)) {
            StageBatch.addFeed(unit.built, partition, stage);
        }
        unit.feed = 0;
        Closing closing = new Closing();
        for (Feed feed : unit.built.feeds()) {
            closing.add(feed::close);
        }
        unit.closer = closing::closeAll;
        stage.openThings().add(unit.closer);
    }

    /** One stretch of work on a unit. */
    private final class UnitBatch extends Batch {

        private final Unit unit;

        UnitBatch(Unit unit) {
            super(StreamBatch.this);
            this.unit = unit;
        }

        @Override
        protected void run(int index, Execution running) throws Throwable {
            if (unit.feed < 0) {
                unit.task = stage.watch().begin(unit.number);
            }
            try {
                goOn(running);
            } catch (Throwable e) {
                unit.task.failed(e, running);
                throw e;
            }
        }

        private void goOn(Execution running) throws Throwable {
            if (unit.feed < 0) {
                build(unit);
            }
            boolean goOn = true;
            while (goOn && !running.stopping()) {
                boolean done = advance(running);
                if (done && unit.closer != null) {
                    stage.openThings().remove(unit.closer);
                    unit.closer.close();
                }
                if (!running.stopping()) {
                    if (done) {
                        unit.task.ended();
                    }
                    goOn = handOver(unit, done, running);
                    running.wakeWaiting();
                }
            }
        }

        /** Drains feeds until there is a piece; true when all have ended. */
        private boolean advance(Execution running) throws Throwable {
            while (unit.feed < unit.built.feeds().size()) {
                Feed feed = unit.built.feeds().get(unit.feed);
                feed.drain(() -> running.stopping() || hasPiece(unit));
                if (!feed.hasEnded()) {
                    return false;
                }
                unit.feed++;
            }
            return true;
        }
    }
}
