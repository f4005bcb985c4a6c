package dev.bag.kernel;

import dev.bag.trait.Copies;
import dev.bag.trait.Traits.Retaining.Retained;

/**
 * Whether something may still refer to the buffer of a chunk when its records have been worked on. Records that are
 * {@linkplain dev.bag.value.View views} of a buffer are copied where they are kept. Where something else is kept, which may
 * contain a view, it says so here; then the buffer is left to what refers to it, and not used again. Of one task, on one
 * thread at a time.
 */
public final class Retention {

    /** Of what is read in no task: no record is a view. */
    public static final Retention NONE = new Retention();

    /** The bytes of the buffers that are read, and to which nothing refers yet. */
    private long bytesRead;

    private long bytesKept;
    private long keptCount;
    private boolean keepsAll;

    /** Any record of this task may be kept as it is, by code that is not known. */
    public void keepAll() {
        keepsAll = true;
    }

    /**
     * Records come that may be views of a buffer of so many bytes. Returns what {@link #isKeptSince} wants to know when
     * they have been worked on.
     */
    public long begin(int bytes) {
        bytesRead += bytes;
        return keptCount;
    }

    /** Returns whether something may still refer to a buffer after its last record has been worked on. */
    public boolean isKeptSince(long begin, int bytes) {
        if (keepsAll || keptCount > begin) {
            return true;
        }
        bytesRead -= bytes;
        return false;
    }

    /** Returns whether records may be views. */
    public boolean isOfViews() {
        return bytesRead > 0 || bytesKept > 0;
    }

    /** Returns {@code record} in a form in which it may be kept. */
    public Object kept(Object record) {
        if (!isOfViews()) {
            return record;
        }
        mayKeep(record);
        return Copies.of(record);
    }

    /** A fold that keeps {@code retained} is given {@code record}, which may be a view. */
    public void mayKeep(Object record, Retained retained) {
        if (retained == Retained.ANYTHING) {
            keep();
        } else if (retained == Retained.COPIES) {
            mayKeep(record);
        }
    }

    /** {@code record} may be kept, by something that keeps {@link Copies} only. */
    public void mayKeep(Object record) {
        if (!Copies.areCertain(record)) {
            keep();
        }
    }

    /** A record is kept as it is, or may be. */
    public void keep() {
        keptCount++;
        bytesKept += bytesRead;
        bytesRead = 0;
    }

    /** Returns how many bytes of buffers are kept, so far. */
    public long bytesKept() {
        return bytesKept;
    }

    /** A sink that keeps records, or must know where they come among all of a stage. */
    public interface Keeper {

        /**
         * Begins a task; before the first record.
         *
         * @param position the number of the task in the upper half, that of the chunk in the lower, in the order in which
         *     one thread would work on them
         */
        void begin(long position, Retention retention);
    }
}
