package dev.bag.io.codec;

import dev.bag.io.file.Numbers;
import java.io.Serializable;

/**
 * What a compressed file may demand and contain.
 *
 * @param ratio how many times as many bytes as the file has may come out of it
 * @param memoryBytes how much memory a decoder may take because a file asks for it; 0 if that was not said
 * @param emptyFiles whether a file of 0 bytes is read as no bytes, instead of being an error
 * @param trailingBytes whether bytes after the compressed data that are not of the format are passed over
 * @param afterFailure what becomes of a file that cannot be read to its end
 */
public record Limits(long ratio, long memoryBytes, boolean emptyFiles, boolean trailingBytes, AfterFailure afterFailure)
        implements Serializable {

    /** What holds unless options say otherwise. */
    public static final Limits DEFAULT = new Limits(1000, 0, false, false);

    private static final long DEFAULT_MEMORY = 256L << 20;

    /** What xz needs for files made without an option, and some more: a smaller default would refuse too much. */
    private static final long LEAST_DEFAULT_MEMORY = 16L << 20;

    /** Checks the numbers. */
    public Limits {
        if (ratio < 1) {
            throw new IllegalArgumentException("maxRatio(" + ratio + "): the ratio must be 1 or more");
        }
    }

    /** Limits under which a file that cannot be read fails the run. */
    public Limits(long ratio, long memoryBytes, boolean emptyFiles, boolean trailingBytes) {
        this(ratio, memoryBytes, emptyFiles, trailingBytes, AfterFailure.FAIL);
    }

    /** Returns a copy that says what becomes of a file that cannot be read. */
    public Limits withAfterFailure(AfterFailure other) {
        return new Limits(ratio, memoryBytes, emptyFiles, trailingBytes, other);
    }

    /** Returns a copy with another ratio. */
    public Limits withRatio(long other) {
        return new Limits(other, memoryBytes, emptyFiles, trailingBytes, afterFailure);
    }

    /** Returns a copy with another limit of memory. */
    public Limits withMemoryBytes(long other) {
        if (other < 1 << 20) {
            throw new IllegalArgumentException("codecMemory(" + other + "): at least 1 MiB is needed");
        }
        return new Limits(ratio, other, emptyFiles, trailingBytes, afterFailure);
    }

    /** Returns a copy that lets files of 0 bytes pass. */
    public Limits withEmptyFiles() {
        return new Limits(ratio, memoryBytes, true, trailingBytes, afterFailure);
    }

    /** Returns a copy that passes over trailing bytes. */
    public Limits withTrailingBytes() {
        return new Limits(ratio, memoryBytes, emptyFiles, true, afterFailure);
    }

    /** Returns how much of the heap a decoder may take: a quarter of it, unless an option says otherwise. */
    public long heapBytes() {
        long quarter = Math.max(LEAST_DEFAULT_MEMORY, Runtime.getRuntime().maxMemory() / 4);
        return memoryBytes > 0 ? memoryBytes : Math.min(DEFAULT_MEMORY, quarter);
    }

    /** Returns how much memory outside of the heap a decoder may take. */
    long nativeBytes() {
        return memoryBytes > 0 ? memoryBytes : DEFAULT_MEMORY;
    }

    /** Returns the end of a message about memory. */
    static String memoryHint(long bytes) {
        return "the limit of " + Numbers.grouped(bytes >> 20) + " MiB.\n"
                + "  To read it anyway, raise the limit with codecMemory(...).";
    }

    /** What becomes of a file that cannot be read, or not to its end. */
    public enum AfterFailure {
        /** It fails the run. */
        FAIL,
        /** Nothing of it is read. */
        LEAVE_OUT,
        /** What precedes the failure is read. */
        KEEP_BEGINNING
    }
}
