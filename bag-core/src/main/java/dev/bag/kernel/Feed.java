package dev.bag.kernel;

import dev.bag.value.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that pushes records into a sink when told to: a part of a source, or an operator that needs its input as an
 * iterator. One thread at a time uses it, and between two calls it holds its place, so that work on a partition can
 * stop after any record and go on later, on another thread.
 */
public abstract class Feed {

    private final Sink sink;
    /** What is drained before the first record. */
    private List<Succession> successions = List.of();

    private boolean ended;

    /** A feed into {@code sink}. */
    protected Feed(Sink sink) {
        this.sink = sink;
    }

    /** Lets this wait for the feeds before it there. */
    final void comesIn(Succession succession) {
        if (successions.isEmpty()) {
            successions = new ArrayList<>(1);
        }
        successions.add(succession);
    }

    /** Pushes at least one record further, or ends; false once it has ended. */
    public final boolean advance() throws Throwable {
        if (!successions.isEmpty()) {
            drainBefore();
        }
        if (!ended && !(sink.wantsMore() && pushNext())) {
            ended = true;
            inputNotWanted();
            sink.finish();
        }
        return !ended;
    }

    private void drainBefore() throws Throwable {
        List<Succession> before = successions;
        successions = List.of();
        for (Succession each : before) {
            each.drainBefore(this);
        }
    }

    /** Whether there is nothing more to push. */
    public final boolean hasEnded() {
        return ended;
    }

    /** Pushes everything that is wanted, unless {@code stop} says otherwise between two records. */
    public void drain(StopSign stop) throws Throwable {
        while (!stop.isUp() && advance()) {
            // each step pushes a record
        }
    }

    /** Takes one record and pushes it, or answers false when there is none. */
    protected abstract boolean pushNext() throws Throwable;

    /** Called when this ends: no more of its input will be pulled. */
    protected void inputNotWanted() {}

    /** Where in the input the record pushed last begins. */
    protected Optional<Location> location() {
        return Optional.empty();
    }

    /** Closes what is open, and the sink. Called once. */
    public final void close() throws Exception {
        try {
            closeInput();
        } finally {
            sink.close();
        }
    }

    /** Closes what this feed reads from. */
    protected void closeInput() throws Exception {}

    /** The sink this pushes into. */
    protected final Sink sink() {
        return sink;
    }

    /** Says that nothing of a run is wanted any more. */
    @FunctionalInterface
    public interface StopSign {

        /** True once work should end at the next record. */
        boolean isUp();
    }
}
