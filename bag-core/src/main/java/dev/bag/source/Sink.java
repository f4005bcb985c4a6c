package dev.bag.source;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of a bag are written to, whole or not at all: the counterpart of {@link Source}. A sink is a description
 * and holds nothing open. {@link dev.bag.Bag#write(Sink)} writes to it now, {@link dev.bag.Bag#writeLater(Sink)} as a
 * delayed value that shares a pass with others.
 *
 * <p><b>One run.</b> {@link #begin} is called before anything is read, and returns the {@link Output} of this run. Each
 * partition is written by a {@link Writer} of its own, several at once. When all of them have finished, what they
 * finished with is given to {@link Output#commit}, in the order of the partitions; what that returns is the result.
 *
 * <p><b>Failure.</b> Each writer ends in one of two ways. If the task fails or is stopped, it is {@linkplain Writer#abort
 * aborted}; the task may be run again, with a new writer. If not, it {@linkplain Writer#finish finishes}, and what it
 * finishes with is given once, either to {@code commit} or to {@link Output#abort}: to the latter if the run fails, is
 * cancelled, or if an attempt that has finished does not count, because something else in its task has failed after
 * it. So what is written becomes visible in {@code commit} only.
 *
 * <pre>{@code
 * final class Table implements Sink<Row, Long> {
 *     public String name() { return "table"; }
 *     public Output<Row, ?, Long> begin(int partitionCount) { return new StagedTable(newStagingName()); }
 * }
 * }</pre>
 *
 * @param <T> the records
 * @param <R> what is known when all is written
 */
public interface Sink<T, R extends @Nullable Object> extends Serializable {

    /** Returns what messages and explanations call this sink, such as {@code out/part-*.gz}. */
    String name();

    /**
     * Returns whether all writers are {@link SectionWriter}s, so that several threads may work on one partition. If not, a pass
     * that writes has one thread for each partition.
     */
    default boolean takesSections() {
        return false;
    }

    /**
     * Begins a run, before any record is read. What cannot be written to is refused here.
     *
     * @param partitionCount how many partitions will be written, at least 1
     * @throws Exception if this cannot be written to; a {@link SinkException} says what to do
     */
    Output<T, ?, R> begin(int partitionCount) throws Exception;

    /**
     * Begins a run of which more is known, for a sink that may take up what an earlier run has left. By default {@link
     * #begin(int)}.
     *
     * @throws Exception if this cannot be written to; a {@link SinkException} says what to do
     */
    default Output<T, ?, R> begin(Plan plan) throws Exception {
        return begin(plan.partitionCount());
    }

    /** What is known of a run before it begins. Each text is made when it is asked for. */
    interface Plan {

        /** Returns how many partitions will be written, at least 1. */
        int partitionCount();

        /**
         * Returns all operators of the run, with the numbers and texts that belong to them: the same in each process for the
         * same plan. Functions cannot be compared; of them it has no more than the class in which they stand.
         */
        String description();

        /**
         * Returns what all sources of the run are called, and what they say of their {@linkplain Source#dataVersion data}.
         *
         * @throws Exception if that cannot be found out
         */
        String inputs() throws Exception;
    }

    /**
     * What one run writes. {@link #open} is called by any thread, and in other processes on copies of this; all else by
     * one thread at a time where the run was started.
     *
     * @param <T> the records
     * @param <P> what the writer of a partition finishes with: serializable, and small, because all are held at the end
     * @param <R> what is known when all is written
     */
    interface Output<T, P extends @Nullable Object, R extends @Nullable Object> extends Serializable {

        /**
         * Opens a writer of one partition. Called when its first record is there, or after its last if it has none; once
         * for each attempt at it.
         *
         * @param partition from 0
         * @throws Exception if it cannot be written; a {@link SinkException} says what to do
         */
        Writer<T, P> open(int partition) throws Exception;

        /**
         * Returns what an earlier run has left of a partition, if that is whole and still holds. Then the partition is not
         * computed for this sink, and this counts in its place. Called by any thread, several times for a partition, always
         * with the same result.
         *
         * @param partition from 0
         * @throws Exception if that cannot be found out
         */
        default Optional<P> finished(int partition) throws Exception {
            return Optional.empty();
        }

        /**
         * Lets all that was written count. Called at most once, and never again if it fails; then {@link #abort} follows.
         * A value that is not needed by others of its run is committed after everything else has succeeded.
         *
         * @param parts what the writers of all partitions finished with, in their order
         * @return the result
         * @throws Exception if that is not possible; a {@link SinkException} says what to do
         */
        R commit(List<P> parts) throws Exception;

        /**
         * Gives up what was written, as if nothing had been. Called at most once, last: in place of {@link #commit}, after
         * a commit that has failed, or after one that has succeeded, if there are parts that do not count.
         *
         * @param parts what writers finished with, in no order; each part but those that were committed
         * @throws Exception if not all of it can be given up
         */
        void abort(List<P> parts) throws Exception;
    }

    /**
     * Writes one partition. One thread at a time uses it, not always the same one.
     *
     * @param <T> the records
     * @param <P> what it finishes with
     */
    interface Writer<T, P extends @Nullable Object> {

        /**
         * Writes a record, now or together with later ones. A record that is a {@link dev.bag.value.View} is of no use after
         * this call; a writer that gathers records for a batch keeps their copies.
         *
         * @throws Exception if it cannot be written; a {@link SinkException} if that is not the fault of the record
         */
        void write(T record) throws Exception;

        /**
         * Writes what is still held, and closes what is open. Called once, after the last record.
         *
         * @return what is needed to commit this partition, or to abort it
         */
        P finish() throws Exception;

        /** Gives up what was written, and closes what is open. Called once, in place of {@link #finish} or after it has failed. */
        void abort() throws Exception;
    }

    /**
     * A writer that may be given its partition in sections, which are runs of neighbouring records. It is either given sections, or
     * records by {@link #write}; in the end it finishes or is aborted in both cases. What it writes must not depend on which.
     *
     * @param <T> the records
     * @param <P> what it finishes with
     */
    interface SectionWriter<T, P extends @Nullable Object> extends Writer<T, P> {

        /** Returns a new section. Called by any thread, in no order. */
        Section<T> newSection() throws Exception;
    }

    /**
     * Some of the records of a partition. It is filled; then it is appended, prepared and put, once each, in this order. One
     * thread at a time uses a section. A section that is not needed is left as it is. If it {@linkplain #isFull is full}, it may
     * be appended, prepared and put before its last record, and then be filled again.
     *
     * @param <T> the records
     */
    interface Section<T> {

        /** Takes a record, as {@link Writer#write} does. Several sections are filled at the same time. */
        void write(T record) throws Exception;

        /** Returns whether so much is held that it should be put as soon as possible. */
        boolean isFull();

        /**
         * Finds out where the records belong, behind those of the sections before. Called for one section of a partition after the
         * other, in their order, so it must be quick.
         */
        void append() throws Exception;

        /** Does what takes time, such as compressing. Several sections are prepared at the same time, in no order. */
        void prepare() throws Exception;

        /** Writes what has been prepared. Called for one section of a partition after the other, in their order. */
        void put() throws Exception;
    }
}
