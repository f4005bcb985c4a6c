package dev.bag.io;

import dev.bag.io.format.BadBytes;

/** What becomes of a line with bytes that are not of its charset. */
public enum Malformed {
    /** It is an error, with file, line, byte offset and the bytes. */
    REPORT(BadBytes.REPORT),
    /** Each wrong sequence of bytes becomes U+FFFD, as {@code new String} does it. */
    REPLACE(BadBytes.REPLACE),
    /** The line is left out. */
    SKIP(BadBytes.SKIP_LINE);

    final BadBytes inFormat;

    Malformed(BadBytes inFormat) {
        this.inFormat = inFormat;
    }
}
