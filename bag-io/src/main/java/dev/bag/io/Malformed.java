package dev.bag.io;

import dev.bag.io.format.BadBytes;

/** The treatment of a line with bytes that are not of its charset. */
public enum Malformed {
    /** It is an error, with file, line, byte offset and the bytes. */
    REPORT(BadBytes.REPORT),
    /** Each malformed sequence of bytes becomes U+FFFD, as in {@code new String(bytes, charset)}. */
    REPLACE(BadBytes.REPLACE),
    /** The line is left out. */
    SKIP(BadBytes.SKIP_LINE);

    final BadBytes inFormat;

    Malformed(BadBytes inFormat) {
        this.inFormat = inFormat;
    }
}
