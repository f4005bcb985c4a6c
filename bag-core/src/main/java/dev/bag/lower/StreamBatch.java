package dev.bag.lower;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.GatherSink;
import dev.bag.plan.Plan;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import java.util.ArrayDeque;
import java.util.Map;
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

    private final StageUnits units;
    private final Map<Plan<?>, Junction> junctions;
    private final boolean oneAfterTheOther;
    private final StageWatch watch;
    private final int unitsAhead;
    private final OpenThings openThings;

    /** Guarded by this, like all that follows. */
    private final ArrayDeque<Unit> begun = new ArrayDeque<>();

    private int nextToBegin;
    private boolean lastIsDone = true;
    private @Nullable Execution execution;

    StreamBatch(
            StageGraph graph,
            StageUnits units,
            Map<Plan<?>, Junction> junctions,
            StageWatch watch,
            int unitsAhead,
            OpenThings openThings) {
        super(1);
        this.units = units;
        this.junctions = junctions;
        this.oneAfterTheOther = !graph.carrying().isEmpty();
        this.watch = watch;
        this.unitsAhead = unitsAhead;
        this.openThings = openThings;
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
        running.expect(this, units.count());
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
                return nextToBegin == units.count() ? null : new Object[0];
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
                && (unit == null ? nextToBegin == units.count() : unit.isDone || !unit.pieces.isEmpty());
    }

    private void resume(Unit unit, Execution running) {
        if (unit.isSuspended) {
            unit.isSuspended = false;
            running.resume(new UnitBatch(unit));
        }
    }

    private synchronized void beginUnits() {
        while (execution != null
                && nextToBegin < units.count()
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
        for (StageUnits.Piece piece : units.pieces(unit.number)) {
            StageBatch.addPiece(unit.built, piece, junctions, unit.task);
        }
        unit.feed = 0;
        Closing closing = new Closing();
        for (Feed feed : unit.built.feeds()) {
            closing.add(feed::close);
        }
        unit.closer = closing::closeAll;
        openThings.add(unit.closer);
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
                unit.task = watch.begin(unit.number);
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
                    openThings.remove(unit.closer);
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
