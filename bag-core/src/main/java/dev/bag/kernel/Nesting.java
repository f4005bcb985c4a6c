package dev.bag.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the stack of the thread small in a deep tree of sinks. The first {@value #MOST} links that a record comes to call
 * each other, and so do the last ones; those in between leave what they have to do here, and a loop does it. The order
 * is the same: what a link leaves is done before the link in front goes on.
 *
 * <p>Memory: for each of the links in between, the record that it works on and an iterator over what it makes of that.
 * An operation that can only push, such as {@code mapMulti}, makes all it makes of one record at once, so a list of
 * these waits in place of the iterator.
 *
 * <p>One for each task, whose feeds take turns.
 */
public final class Nesting {

    /** How many links call each other, at the beginning and again at the end. */
    static final int MOST = 128;

    private int depth;
    private boolean looping;
    /** What is to be done; null until a link leaves something. */
    private @Nullable Agenda agenda;

    /** Something that can be done in pieces. */
    interface Work {

        /** Makes at most one record; false when nothing remains to be done. */
        boolean goOn() throws Throwable;

        /** Gives up before the end. */
        default void abandon() throws Throwable {}
    }

    /** {@code link}, or where it is too high above the end a sink in front of it, which looks how deep it is called. */
    Sink guard(Link link) {
        return link.height() <= MOST ? link : new Guard(link, this);
    }

    /** Whether what is passed on now is only left here. */
    boolean isLooping() {
        return looping;
    }

    /** Leaves something to be done: at once, or when the link at work has returned. */
    void add(Work work) throws Throwable {
        Agenda all = agenda == null ? new Agenda() : agenda;
        agenda = all;
        all.left.add(work);
        if (!looping) {
            looping = true;
            try {
                all.loop();
            } finally {
                looping = false;
            }
        }
    }

    /** Works on what was left, in order. */
    private static final class Agenda {

        /** The next at the head. */
        final Deque<Work> waiting = new ArrayDeque<>();
        /** What the link at work has left, in order. */
        final List<Work> left = new ArrayList<>();

        void loop() throws Throwable {
            try {
                takeOver();
                for (Work work = waiting.peek(); work != null; work = waiting.peek()) {
                    if (!work.goOn()) {
                        waiting.poll();
                    }
                    takeOver();
                }
            } catch (Throwable e) {
                abandon(e);
                throw e;
            }
        }

        private void takeOver() {
            for (int i = left.size() - 1; i >= 0; i--) {
                waiting.push(left.get(i));
            }
            left.clear();
        }

        private void abandon(Throwable failure) {
            takeOver();
            for (Work work : waiting) {
                try {
                    work.abandon();
                } catch (Throwable e) {
                    if (e != failure) {
                        failure.addSuppressed(e);
                    }
                }
            }
            waiting.clear();
        }
    }

    /** Calls a link, or leaves it to the loop. */
    private static final class Guard extends Link {

        private final Link link;
        private final Nesting nesting;

        Guard(Link link, Nesting nesting) {
            this.link = link;
            this.nesting = nesting;
            lineUp(link);
        }

        @Override
        public void accept(Object record) throws Throwable {
            if (nesting.looping || nesting.depth == MOST) {
                nesting.add(link.workOn(record));
                return;
            }
            nesting.depth++;
            try {
                link.accept(record);
            } finally {
                nesting.depth--;
            }
        }

        @Override
        int outCount() {
            return 1;
        }

        @Override
        Sink out(int i) {
            return link;
        }
    }
}
