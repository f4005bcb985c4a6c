package dev.bag.lower;

import dev.bag.kernel.Carried;
import dev.bag.kernel.Closing;
import dev.bag.kernel.Feed;
import dev.bag.kernel.Feed.Progress;
import dev.bag.kernel.FoldSink;
import dev.bag.kernel.RecordsPart;
import dev.bag.kernel.SourceFeed;
import dev.bag.plan.Plan;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What works on one unit of a stage, or on one chunk of it: feeds, drained one after the other, and what is behind them.
 * It can stop after any record, and then holds its place. One thread at a time uses it, not always the same one.
 */
final class OpenUnit {

    /** Read where a source has no parts at all. */
    private static final Part<?> NO_RECORDS = new RecordsPart<>(new Object[0], 0, 0);

    private final UnitBuilder built;
    private final long position;
    /** Each puts back what an operation takes on from unit to unit, for a unit that is worked on anew. */
    private final List<Runnable> marks;
    /** The feed that is being drained. */
    private int feed;

    private OpenUnit(UnitBuilder built, long position) {
        this.built = built;
        this.position = position;
        this.marks = built.carried().isEmpty() ? List.of() : marks(built.carried());
        for (UnitBuilder.End end : built.ends()) {
            if (end.sink() instanceof FoldSink sink) {
                sink.comesAt(position);
            }
        }
    }

    private static List<Runnable> marks(List<Carried> carried) {
        List<Runnable> marks = new ArrayList<>(carried.size());
        carried.forEach(each -> marks.add(each.mark()));
        return marks;
    }

    /** Opens unit {@code number}, which consists of {@code pieces}; nothing is read yet. */
    static OpenUnit of(int number, List<StageUnits.Piece> pieces, Map<Plan<?>, Junction> junctions) {
        UnitBuilder built = new UnitBuilder();
        for (StageUnits.Piece piece : pieces) {
            Part<?> part = part(piece);
            built.addFeed(
                    junction(piece.root(), junctions),
                    piece.partition(),
                    sink -> new SourceFeed(piece.place(), part, sink));
        }
        return new OpenUnit(built, position(number, 0));
    }

    /** Opens what is behind chunk {@code chunk} of unit {@code number}; the chunk itself comes in {@code chunks}. */
    static OpenUnit of(int number, int chunk, StageUnits.Piece piece, Junction junction, Chunks<?> chunks) {
        UnitBuilder built = new UnitBuilder();
        built.addFeed(junction, piece.partition(), sink -> new SourceFeed(piece.place(), chunks, sink));
        return new OpenUnit(built, position(number, chunk));
    }

    /** Where the records of a chunk are among all of the stage, in the order in which one thread reads them. */
    static long position(int unit, int chunk) {
        return (long) unit << Integer.SIZE | chunk;
    }

    /** What a piece is read from. */
    static Part<?> part(StageUnits.Piece piece) {
        List<? extends Part<?>> parts = piece.root().parts().get();
        return parts.isEmpty() ? NO_RECORDS : parts.get(piece.partition());
    }

    /** What is behind a root. */
    static Junction junction(StageRoot root, Map<Plan<?>, Junction> junctions) {
        Junction junction = junctions.get(root.plan());
        if (junction == null) {
            throw new IllegalStateException(
                    "not a root of this stage: " + root.operator().label());
        }
        return junction;
    }

    /** Where this is among all records of the stage. */
    long position() {
        return position;
    }

    /** Whether any record is still wanted. */
    boolean wantsMore() {
        for (int i = feed; i < built.feeds().size(); i++) {
            if (built.feeds().get(i).wantsMore()) {
                return true;
            }
        }
        return false;
    }

    /** Drains the feeds until {@code stop} is up, there is nothing to push for now, or all have ended. */
    Progress goOn(Feed.StopSign stop) throws Throwable {
        while (feed < built.feeds().size()) {
            Progress progress = built.feeds().get(feed).drain(stop);
            if (progress != Progress.ENDED) {
                return progress;
            }
            feed++;
        }
        return Progress.ENDED;
    }

    /** After LATER: calls {@code ready} once, on any thread, when this may go on. */
    void whenReady(Runnable ready) {
        built.feeds().get(feed).whenAnyReady(ready);
    }

    /** Closes the feeds, the last one first. */
    void close() throws Exception {
        if (built.feeds().size() == 1) {
            built.feeds().get(0).close();
            return;
        }
        Closing closing = new Closing();
        for (Feed each : built.feeds()) {
            closing.add(each::close);
        }
        closing.closeAll();
    }

    /** Where its results are. */
    List<UnitBuilder.End> ends() {
        return built.ends();
    }

    /** Gives up all that this has come to, as if no record had been read. */
    void discard() {
        marks.forEach(Runnable::run);
        for (UnitBuilder.End end : built.ends()) {
            end.terminal().discard(end.sink());
        }
    }
}
