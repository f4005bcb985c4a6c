package dev.bag.lower;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.RecordsPart;
import dev.bag.kernel.SourceFeed;
import dev.bag.plan.Plan;
import dev.bag.schedule.Batch;
import dev.bag.schedule.Execution;
import dev.bag.source.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works through the units of a stage: each opens its feeds, drains them, and leaves its partial results. */
final class StageBatch extends Batch {

    /** Read where a source has no parts at all. */
    private static final Part<?> NO_RECORDS = new RecordsPart<>(new Object[0], 0, 0);

    private final StageUnits units;
    private final Map<Plan<?>, Junction> junctions;
    private final List<StageRoot> roots;
    private final List<Terminal<?>> terminals;
    private final boolean freeOfOrder;
    private final StageWatch watch;
    private final OpenThings openThings;

    StageBatch(
            StageGraph graph,
            StageUnits units,
            Map<Plan<?>, Junction> junctions,
            StageWatch watch,
            OpenThings openThings) {
        super(units.count(), graph.carrying().isEmpty() ? Order.ANY : Order.ONE_AFTER_THE_OTHER);
        this.units = units;
        this.junctions = junctions;
        this.roots = graph.roots();
        this.terminals = graph.terminals();
        this.freeOfOrder = graph.isFreeOfOrder();
        this.watch = watch;
        this.openThings = openThings;
    }

    @Override
    protected void run(int index, Execution execution) throws Throwable {
        TaskWatch task = watch.begin(index);
        try {
            run(index, task, execution);
        } catch (Throwable e) {
            task.failed(e, execution);
            throw e;
        }
    }

    private void run(int index, TaskWatch task, Execution execution) throws Throwable {
        List<StageUnits.Piece> pieces = units.pieces(index);
        Attempts attempts = Attempts.of(execution);
        if (freeOfOrder && !attempts.areSeveral() && pieces.get(0).root().pipelined()) {
            StageUnits.Piece piece = pieces.get(0);
            Part<?> part = part(piece);
            if (part.pipelined()) {
                new Pipeline(this, junction(piece.root(), junctions), piece, part, task, openThings).run(execution);
                return;
            }
        }
        for (Terminal.Ready part : attempts.run(execution, task, () -> attempt(pieces, task, execution))) {
            part.deposit();
        }
        if (!execution.stopping()) {
            task.ended();
        }
    }

    private List<Terminal.Ready> attempt(List<StageUnits.Piece> pieces, TaskWatch task, Execution execution)
            throws Throwable {
        UnitBuilder unit = new UnitBuilder();
        for (StageUnits.Piece piece : pieces) {
            addPiece(unit, piece, junctions, task);
        }
        List<Runnable> marks = new ArrayList<>(unit.carried().size());
        unit.carried().forEach(carried -> marks.add(carried.mark()));
        boolean taken = false;
        try {
            drain(unit, execution);
            List<Terminal.Ready> parts = new ArrayList<>(unit.ends().size());
            if (!execution.stopping()) {
                for (UnitBuilder.End end : unit.ends()) {
                    parts.add(end.terminal().take(end.partition(), end.sink()));
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

    private static void discard(UnitBuilder unit) {
        for (UnitBuilder.End end : unit.ends()) {
            end.terminal().discard(end.sink());
        }
    }

    /** Drains the feeds of a unit, and closes them. */
    private static void drain(UnitBuilder unit, Execution execution) throws Throwable {
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
            if (failure != null && !Attempts.of(execution).areSeveral()) {
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

    /** Puts the feed of {@code piece} and all that is behind it into {@code unit}. */
    static void addPiece(
            UnitBuilder unit, StageUnits.Piece piece, Map<Plan<?>, Junction> junctions, TaskWatch task) {
        Part<?> part = part(piece);
        unit.addFeed(
                junction(piece.root(), junctions),
                piece.partition(),
                sink -> new SourceFeed(piece.place(), part, sink, task::passedOver));
    }

    private static Part<?> part(StageUnits.Piece piece) {
        List<? extends Part<?>> parts = piece.root().parts().get();
        return parts.isEmpty() ? NO_RECORDS : parts.get(piece.partition());
    }

    private static Junction junction(StageRoot root, Map<Plan<?>, Junction> junctions) {
        Junction junction = junctions.get(root.plan());
        if (junction == null) {
            throw new IllegalStateException(
                    "not a root of this stage: " + root.operator().label());
        }
        return junction;
    }

    @Override
    protected void completed() throws Throwable {
        for (Terminal<?> terminal : terminals) {
            terminal.completed();
        }
        for (StageRoot root : roots) {
            root.doneReading();
        }
    }
}
