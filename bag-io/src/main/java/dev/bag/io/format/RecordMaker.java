package dev.bag.io.format;

import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a format out of lines. Knows neither files nor buffers, so that a format is one class. Used by
 * several threads at once.
 *
 * @param <T> the records
 */
public interface RecordMaker<T> {

    /**
     * Returns the record of a line, or null to leave the line out.
     *
     * @param line at a line; its bytes are other ones soon, so the record must not refer to them but by
     *     {@link LineCursor#block()}, and only if this {@linkplain #makesViews makes views}
     */
    @Nullable T make(LineCursor line) throws BadRecord;

    /**
     * Returns what makes records of the lines of one buffer, in their order. One thread at a time uses it, so it may remember
     * something from line to line. By default this.
     */
    default RecordMaker<T> forOneBuffer() {
        return this;
    }

    /** Returns whether records may refer to the bytes of the lines. By default false. */
    default boolean makesViews() {
        return false;
    }

    /**
     * Returns whether each of the lines that follow would make a record, so that they may be counted instead; false if
     * that is not known.
     *
     * @param rest before the lines; {@link LineCursor#isAscii()} tells of all of them together
     */
    default boolean makesAll(LineCursor rest) {
        return false;
    }

    /**
     * Returns the record of a line that had to be decoded to be found, or null to leave the line out.
     *
     * @param text with U+FFFD for bytes that are not of the charset
     * @param wrong the first of these bytes; null if there are none
     */
    @Nullable T make(String text, @Nullable MalformedBytes wrong) throws BadRecord;

    /** A line that is no record of its format. The reader of the line adds the file and the place. */
    final class BadRecord extends Exception {

        private static final long serialVersionUID = 1;

        private final long offset;
        private final String remedy;

        /**
         * A complaint without a trace.
         *
         * @param offset of the first wrong byte: in the buffer, or in the file if the line was decoded before; -1 if it
         *     is not known
         * @param complaint what is wrong
         * @param remedy what to do, as a sentence
         */
        public BadRecord(long offset, String complaint, String remedy) {
            this(offset, complaint, remedy, null);
        }

        /**
         * A complaint without a trace.
         *
         * @param offset of the first wrong byte: in the buffer, or in the file if the line was decoded before; -1 if it
         *     is not known
         * @param complaint what is wrong
         * @param remedy what to do, as a sentence
         * @param cause what a library has thrown
         */
        public BadRecord(long offset, String complaint, String remedy, @Nullable Throwable cause) {
            super(complaint, cause, false, false);
            this.offset = offset;
            this.remedy = remedy;
        }

        long offset() {
            return offset;
        }

        String remedy() {
            return remedy;
        }
    }
}
