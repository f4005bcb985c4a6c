package dev.bag.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink within a tree of sinks, which may be very deep: so no method of a link calls the same method of the links behind
 * it, and a record that would go through too many calls takes another way ({@link Nesting}).
 *
 * <p>Whether more is wanted is not asked of what is behind. A link that ends says so to the links in front of it, once.
 * Only a fold that another thread may decide must be asked: a link keeps the one at the end of its own line as
 * {@code watched}. Between branches it is asked only {@value FanOut#MOST_ASKED} levels deep; what is deeper notices such a
 * decision when the next record comes.
 */
abstract class Link implements Sink {

    /** No more records of this partition are wanted. */
    static final int UNWANTED = 1;

    /** No more records are wanted, neither of this partition nor of later ones. */
    static final int OVER = 2;

    static final int BOTH = UNWANTED | OVER;

    /** What has come to an end here. */
    private int ended;
    /** What of that the links in front know. */
    private int told;

    private @Nullable Link front;
    /** Where several links push into this one: all but the first. */
    private @Nullable List<Link> otherFronts;
    /** What must be asked, for it ends without saying so. */
    private @Nullable Link watched;
    /** How many links a record goes through at most, from here to the end. */
    private int height;

    /** Puts this in front of {@code out}, with which it ends. */
    final void lineUp(Sink out) {
        watched = out instanceof Link link ? link.watched() : null;
        branchTo(out);
    }

    /** Puts this in front of {@code out}, which is one of several. */
    final void branchTo(Sink out) {
        if (out instanceof Link link) {
            height = Math.max(height, link.height + 1);
        }
        listenTo(out);
    }

    /**
     * Lets this hear what {@code out} says of its end. It is asked before it knows this: what it finds out when it is asked
     * must be heard once.
     */
    final void listenTo(Sink out) {
        int already = (out.wantsMore() ? 0 : UNWANTED) | (out.isOver() ? OVER : 0);
        if (out instanceof Link link) {
            if (link.front == null) {
                link.front = this;
            } else {
                link.otherFronts = link.otherFronts == null ? new ArrayList<>(1) : link.otherFronts;
                link.otherFronts.add(this);
            }
        }
        if (already != 0) {
            hear(already);
            tellFronts();
        }
    }

    /** As {@link #lineUp}, where what comes in here is not passed on by the same call. */
    final void endWith(Sink out) {
        watched = out instanceof Link link ? link.watched() : null;
        listenTo(out);
    }

    final int height() {
        return height;
    }

    /** What a link in front of this must ask; null when this says itself that it ends. */
    @Nullable Link watched() {
        return watched;
    }

    @Override
    public boolean wantsMore() {
        if (watched != null) {
            watched.wantsMore(); // ends this when it returns false
        }
        return (ended & UNWANTED) == 0;
    }

    @Override
    public boolean isOver() {
        if (watched != null) {
            watched.isOver();
        }
        return (ended & OVER) != 0;
    }

    /** Whether this is known to have ended, without asking. */
    final boolean has(int what) {
        return (ended & what) == what;
    }

    /** Takes note that {@code what} has come to an end here; {@link #tellFronts} passes it on. */
    final void note(int what) {
        ended |= what;
    }

    /** Ends this. */
    final void end(int what) {
        note(what);
        tellFronts();
    }

    /** A sink behind this has ended; by default there is only one, and this ends with it. */
    void hear(int what) {
        note(what);
    }

    /** Tells the links in front what is new, those in front of them what follows from it, and so on. */
    private void tellFronts() {
        if (front == null || ended == told) {
            told = ended;
            return;
        }
        Deque<Link> telling = new ArrayDeque<>();
        for (Link link = this; link != null; link = telling.poll()) {
            int news = link.ended & ~link.told;
            link.told = link.ended;
            if (link.front != null && news != 0) {
                link.front.hear(news, telling);
                if (link.otherFronts != null) {
                    link.otherFronts.forEach(other -> other.hear(news, telling));
                }
            }
        }
    }

    private void hear(int news, Deque<Link> telling) {
        hear(news);
        if (ended != told) {
            telling.add(this);
        }
    }

    /** What {@link #accept} does with {@code record}, in pieces: each passes on at most one record. */
    Nesting.Work workOn(Object record) {
        return () -> {
            accept(record);
            return false;
        };
    }

    /** How many sinks are behind this. */
    abstract int outCount();

    /** The sink behind this that has number {@code i}, from 0. */
    abstract Sink out(int i);

    /** Passes on what this holds itself, at the end; false when the sinks behind are not to be finished yet. */
    boolean finishThis() throws Throwable {
        return true;
    }

    @Override
    public final void finish() throws Throwable {
        Deque<Sink> others = null;
        Sink next = null;
        for (Sink sink = this; sink != null; sink = next == null && others != null ? others.poll() : next) {
            next = null;
            if (!(sink instanceof Link link)) {
                sink.finish();
            } else if (link.finishThis()) {
                for (int i = link.outCount() - 1; i >= 0; i--) {
                    others = next == null ? others : pushed(next, others);
                    next = link.out(i);
                }
            }
        }
    }

    /** Branches are few: mostly there is none, and nothing to keep. */
    private static Deque<Sink> pushed(Sink sink, @Nullable Deque<Sink> others) {
        Deque<Sink> all = others == null ? new ArrayDeque<>() : others;
        all.push(sink);
        return all;
    }

    /** Adds what this has open; false when the sinks behind are not to be closed, because they have been. */
    boolean closeThis(List<Closing.Closer> closers) {
        return true;
    }

    @Override
    public final void close() throws Exception {
        List<Closing.Closer> closers = new ArrayList<>(0);
        Deque<Sink> others = null;
        Sink next = null;
        for (Sink sink = this; sink != null; sink = next == null && others != null ? others.poll() : next) {
            next = null;
            if (!(sink instanceof Link link)) {
                closers.add(sink::close);
            } else if (link.closeThis(closers)) {
                for (int i = 0; i < link.outCount(); i++) {
                    others = next == null ? others : pushed(next, others);
                    next = link.out(i);
                }
            }
        }
        closeAll(closers);
    }

    /** Closes all of them, the first one first. */
    private static void closeAll(List<Closing.Closer> closers) throws Exception {
        if (closers.size() <= 1) {
            for (Closing.Closer only : closers) {
                only.close();
            }
            return;
        }
        Closing closing = new Closing();
        for (int i = closers.size() - 1; i >= 0; i--) {
            closing.add(closers.get(i));
        }
        closing.closeAll();
    }
}
