package dev.bag.kernel;

import dev.bag.value.Location;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pushes records into a sink when told to: a part of a source, or an operator that pulls its input. One thread at a time
 * uses a feed. Between two calls it holds its place, so that work on a partition can stop after any record and go on
 * later, on another thread.
 *
 * <p>A feed may need others to go on first: one whose records come before its own, or one that fills the port it pulls
 * from. It says which, and {@link #drain} advances that one from an explicit stack, so that a hundred thousand feeds
 * that pull from each other need no deeper stack of calls than one.
 */
public abstract class Feed {

    private static final StopSign NEVER = () -> false;

    private final Sink sink;
    private final Skips skips;
    private final Supplier<Optional<Location>> here = this::location;
    /** Whether other feeds may have to advance before this can push. */
    private final boolean pulls;
    /** What must be drained before the first record. */
    private List<Succession> successions = List.of();
    /** Whether the feeds before this one are being drained, one of which may pull from this one. */
    private boolean waitsForItsTurn;
    /** Feeds that wait for the one that is advanced; empty between two calls. */
    private @Nullable ArrayDeque<Feed> stack;

    private boolean ended;

    /** What has become of a feed that was told to go on. */
    public enum Progress {
        /** It has pushed a record, or was stopped; there may be more. */
        NEXT,
        /** It has nothing to push now. Work on it goes on when {@link Feed#whenReady} says so. */
        LATER,
        /** It will push no more. */
        ENDED
    }

    /** A feed into {@code sink} that needs no other feed. */
    protected Feed(Sink sink, Skips skips) {
        this(sink, skips, false);
    }

    /** A feed into {@code sink}; {@code pulls} says whether it has an {@link #input}. */
    protected Feed(Sink sink, Skips skips, boolean pulls) {
        this.sink = sink;
        this.skips = skips;
        this.pulls = pulls;
    }

    /** Lets this wait for the feeds before it there. */
    final void comesIn(Succession succession) {
        if (successions.isEmpty()) {
            successions = new ArrayList<>(1);
        }
        successions.add(succession);
    }

    /** Pushes at least one record further, unless it ends or there is none yet. */
    public final Progress advance() throws Throwable {
        return pulls || !successions.isEmpty() ? run(NEVER, true) : go(NEVER, true);
    }

    /** Pushes everything that is wanted, unless {@code stop} says otherwise between two records. */
    public final Progress drain(StopSign stop) throws Throwable {
        return run(stop, false);
    }

    private Progress run(StopSign stop, boolean onlyOne) throws Throwable {
        while (!stop.isUp()) {
            Feed first = first();
            if (first == null) {
                Progress progress = go(stop, onlyOne);
                if (progress != Progress.NEXT || onlyOne) {
                    return progress;
                }
            } else {
                Progress progress = advance(first, stop);
                waitsForItsTurn = false;
                if (progress == Progress.LATER) {
                    return progress;
                }
            }
        }
        return Progress.NEXT;
    }

    /** Advances {@code first} and, before that, what it needs itself. */
    private Progress advance(Feed first, StopSign stop) throws Throwable {
        Feed before = first.first();
        if (before == null) {
            return first.go(stop, true);
        }
        ArrayDeque<Feed> waiting = stack == null ? new ArrayDeque<>() : stack;
        stack = waiting;
        try {
            waiting.push(first);
            return advance(before, waiting, stop);
        } finally {
            for (Feed each : waiting) {
                each.waitsForItsTurn = false;
            }
            waiting.clear();
        }
    }

    private static Progress advance(Feed first, ArrayDeque<Feed> waiting, StopSign stop) throws Throwable {
        Feed feed = first;
        while (!stop.isUp()) {
            Feed before = feed.first();
            if (before != null) {
                waiting.push(feed);
                feed = before;
            } else if (feed.go(stop, true) == Progress.LATER) {
                return Progress.LATER;
            } else if (waiting.isEmpty()) {
                return Progress.NEXT;
            } else {
                feed = waiting.pop();
                feed.waitsForItsTurn = false;
            }
        }
        return Progress.NEXT;
    }

    /** The feed that must go on before this can; null when this can go on itself. */
    private @Nullable Feed first() {
        if (!successions.isEmpty() && !waitsForItsTurn) {
            for (Succession each : successions) {
                Feed before = each.before(this);
                if (before != null) {
                    waitsForItsTurn = true;
                    return before;
                }
            }
            successions = List.of();
        }
        return !pulls || ended || !sink.wantsMore() ? null : input();
    }

    private Progress go(StopSign stop, boolean onlyOne) throws Throwable {
        if (ended) {
            return Progress.ENDED;
        }
        Progress progress = Progress.ENDED;
        if (sink.wantsMore()) {
            skips.pushingFrom(here);
            progress = onlyOne ? pushNext() : pushAll(stop);
        }
        if (progress == Progress.ENDED) {
            ended = true;
            inputNotWanted();
            sink.finish();
        }
        return progress;
    }

    /** Whether a record would not be thrown away. */
    public final boolean wantsMore() {
        return !ended && sink.wantsMore();
    }

    /** Whether there is nothing more to push. */
    public final boolean hasEnded() {
        return ended;
    }

    /** The feed from which a record must come before {@link #pushNext} can push one; null when it can already. */
    protected @Nullable Feed input() {
        return null;
    }

    /** Takes one record and pushes it. */
    protected abstract Progress pushNext() throws Throwable;

    /** Pushes as many records as it can without another feed, until none is wanted or {@code stop} is up. */
    protected Progress pushAll(StopSign stop) throws Throwable {
        return pushNext();
    }

    /** Whether, after its input has said {@link Progress#LATER}, this may go on before that does. */
    protected boolean mayGoOnWithoutInput() {
        return false;
    }

    /**
     * Calls {@code ready} once, on any thread, when this may go on after {@link Progress#LATER}; at once if it may
     * already.
     */
    protected void whenReady(Runnable ready) {
        throw new IllegalStateException("this feed never lets others wait");
    }

    /**
     * As {@link #whenReady}, for the feed that has said {@link Progress#LATER}: this one, or one that it needs; or one on the
     * way there that {@linkplain #mayGoOnWithoutInput may go on} before that one.
     */
    public final void whenAnyReady(Runnable ready) {
        List<Feed> others = new ArrayList<>(0);
        Feed feed = this;
        for (Feed before = feed.first(); before != null; before = feed.first()) {
            feed.waitsForItsTurn = false;
            if (feed.mayGoOnWithoutInput()) {
                others.add(feed);
            }
            feed = before;
        }
        if (others.isEmpty()) {
            feed.whenReady(ready);
            return;
        }
        FirstOf first = new FirstOf(ready);
        for (Feed other : others) {
            other.whenReady(first);
        }
        feed.whenReady(first);
        first.listen();
    }

    /**
     * Passes on the first of several calls. The race is a call that comes while the feeds are still being asked, after which
     * another thread would use them: such a call is passed on at the end of that.
     */
    private static final class FirstOf implements Runnable {

        private enum State {
            ASKING,
            CALLED,
            LISTENING,
            OVER
        }

        private final Runnable then;
        private final AtomicReference<State> state = new AtomicReference<>(State.ASKING);

        FirstOf(Runnable then) {
            this.then = then;
        }

        @Override
        public void run() {
            if (!state.compareAndSet(State.ASKING, State.CALLED) && state.compareAndSet(State.LISTENING, State.OVER)) {
                then.run();
            }
        }

        void listen() {
            if (!state.compareAndSet(State.ASKING, State.LISTENING)) {
                state.set(State.OVER);
                then.run();
            }
        }
    }

    /** Called when this ends: no more of its input will be pulled. */
    protected void inputNotWanted() {}

    /** The port whose records tell where this one is in the input; null when it knows itself. */
    protected @Nullable Port locatedBy() {
        return null;
    }

    /** Where in the input the record pushed last begins. */
    protected Optional<Location> location() {
        return Optional.empty();
    }

    /** Returns what says where the record pushed last begins, when further ones have been pushed. */
    protected Supplier<Optional<Location>> locator() {
        Optional<Location> known = location();
        return () -> known;
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

    /** What takes the failures of records. */
    protected final Skips skips() {
        return skips;
    }

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
