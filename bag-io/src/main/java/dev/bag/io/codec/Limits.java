package dev.bag.io.codec;

import java.io.Serializable;

/**
 * What a compressed file may demand and contain.
 *
 * @param ratio how many times as many bytes as the file has may come out of it
 * @param memoryBytes how much memory a decoder may take because a file asks for it
 * @param emptyFiles whether a file of 0 bytes is read as no bytes, instead of being an error
 * @param trailingBytes whether bytes after the compressed data that are not of the format are passed over
 */
public record Limits(long ratio, long memoryBytes, boolean emptyFiles, boolean trailingBytes) implements Serializable {

    /** What holds unless options say otherwise. */
    public static final Limits DEFAULT = new Limits(1000, 256L << 20, false, false);

    /** Checks the numbers. */
    public Limits {
        if (ratio < 1) {
            throw new IllegalArgumentException("maxRatio(" + ratio + "): the ratio must be 1 or more");
        }
        if (memoryBytes < 1 << 20) {
            throw new IllegalArgumentException("codecMemory(" + memoryBytes + "): at least 1 MiB is needed");
        }
    }

    /** Returns a copy with another ratio. */
    public Limits withRatio(long other) {
        return new Limits(other, memoryBytes, emptyFiles, trailingBytes);
    }

    /** Returns a copy with another limit of memory. */
    public Limits withMemoryBytes(long other) {
        return new Limits(ratio, other, emptyFiles, trailingBytes);
    }

    /** Returns a copy that lets files of 0 bytes pass. */
    public Limits withEmptyFiles() {
        return new Limits(ratio, memoryBytes, true, trailingBytes);
    }

    /** Returns a copy that passes over trailing bytes. */
    public Limits withTrailingBytes() {
        return new Limits(ratio, memoryBytes, emptyFiles, true);
    }

    /** The end of a message about memory. */
    String memoryHint() {
        return "the limit of " + Numbers.grouped(memoryBytes >> 20) + " MiB.\n"
                + "  To read it anyway, raise the limit with codecMemory(...).";
    }
}
