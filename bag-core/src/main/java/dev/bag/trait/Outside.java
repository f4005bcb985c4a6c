package dev.bag.trait;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a partition are worked on elsewhere: by threads that are none of the runner's, or by a process.
 *
 * @param <T> the records that go out
 * @param <R> the records that come back
 */
public interface Outside<T, R> extends Serializable {

    /** Returns whether one record comes back for each that goes out, in the same order, unless that one fails. */
    boolean oneForOne();

    /**
     * Returns work on a partition, which has not begun.
     *
     * @param task what works on the partition, by which others know it that are open in the same task
     */
    Work<T, R> open(Object task);

    /** Is told of what becomes of a run, by those that work elsewhere. */
    interface Watch {

        /** A process that called a function has ended, or was late. The call is made again by another one, a few times. */
        void workerDied(String reason);
    }

    /**
     * Work on one partition. One thread at a time uses it, and none waits for it: where there is nothing to do for now, it
     * says later when there is.
     *
     * @param <T> the records that go out
     * @param <R> the records that come back
     */
    interface Work<T, R> {

        /** Returns whether a record may go out now. */
        boolean hasRoom();

        /** Takes a record, if there {@linkplain #hasRoom is room}. */
        void take(T record) throws Throwable;

        /** No more records go out. */
        void end();

        /** Returns whether {@link #next} returns a record, or throws. */
        boolean isReady();

        /**
         * Returns the next record that has come back, if one {@linkplain #isReady is ready}; null only if a function has made
         * that of a record.
         *
         * @throws Throwable if that record has failed; of work that is not one for one, if all of it has
         */
        @Nullable R next() throws Throwable;

        /** Returns whether nothing more comes back, however many records might still go out. */
        boolean hasEnded();

        /**
         * Calls {@code ready} once, on any thread, when a record is ready, when nothing more comes back, or when there is room
         * where there was none when that was asked last; at once if it is so already.
         */
        void whenReady(Runnable ready);

        /** Gives up what has not come back. Does nothing the second time. */
        void close() throws Exception;
    }
}
