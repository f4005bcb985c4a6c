package dev.bag.run.wire;

import dev.bag.kernel.Feed;
import dev.bag.kernel.Sink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One way the records of a plan node go on, within a stage. {@link TaskBuilder} opens it for one partition: what is
 * behind it first, in a loop, so that a deep stage needs no deep stack.
 */
public interface Outlet {

    /** Where the records of {@code partition}, from 0, go next: none at an end, or when they are not wanted. */
    List<Way> ways(int partition);

    /** What takes the records of {@code partition} in this task; {@code behind} are the ways, opened, in order. */
    Opened open(TaskBuilder task, int partition, List<Opened> behind);

    /** What {@link #open} would make, where the same task has made it already; else null. */
    default @Nullable Opened openedAlready(TaskBuilder task, int partition) {
        return null;
    }

    /** A partition of an outlet. */
    record Way(Outlet outlet, int partition) {}

    /**
     * An opened outlet.
     *
     * @param sink takes the records; null when they are not wanted
     * @param wishes of the sinks there, about the feed that will push into them
     * @param wantedLater whether the records of a later partition are wanted, where those of this one are not
     */
    record Opened(@Nullable Sink sink, Wishes wishes, boolean wantedLater) {

        /** Neither the records of this partition are wanted nor those of later ones. */
        static final Opened BY_NOBODY = new Opened(null, Wishes.NONE, false);

        /** The records of this partition are not wanted, but those of a later one are. */
        static final Opened NOT_YET = new Opened(null, Wishes.NONE, true);

        Opened(@Nullable Sink sink, Wishes wishes) {
            this(sink, wishes, false);
        }

        /** A sink without wishes. */
        static Opened by(Sink sink) {
            return new Opened(sink, Wishes.NONE);
        }
    }

    /** What sinks want to do with the feed that pushes into them, when it is there. Several outlets may share them. */
    record Wishes(
            @Nullable Consumer<Feed> own,
            @Nullable Wishes first,
            @Nullable Wishes second) {

        static final Wishes NONE = new Wishes(null, null, null);

        static Wishes of(Consumer<Feed> wish) {
            return new Wishes(wish, null, null);
        }

        /** These, then {@code others}. */
        Wishes and(Wishes others) {
            if (others.isNone()) {
                return this;
            }
            return isNone() ? others : new Wishes(null, this, others);
        }

        private boolean isNone() {
            return own == null && first == null && second == null;
        }

        /** Fulfils them, in order. */
        void fulfil(Feed feed) {
            if (isNone()) {
                return;
            }
            Deque<Wishes> waiting = new ArrayDeque<>();
            for (Wishes wishes = this; wishes != null; wishes = waiting.poll()) {
                if (wishes.own != null) {
                    wishes.own.accept(feed);
                }
                if (wishes.second != null) {
                    waiting.push(wishes.second);
                }
                if (wishes.first != null) {
                    waiting.push(wishes.first);
                }
            }
        }
    }
}
