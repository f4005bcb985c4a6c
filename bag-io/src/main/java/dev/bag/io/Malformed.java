package dev.bag.io;

import dev.bag.io.format.MalformedBytes.Treatment;

/** What becomes of a line with bytes that are not of its charset. */
public enum Malformed {
    /** It is an error, with file, line, byte offset and the bytes. */
    REPORT(Treatment.REPORT),
    /** Each wrong sequence of bytes becomes U+FFFD, as {@code new String} does it. */
    REPLACE(Treatment.REPLACE),
    /** The line is left out. */
    SKIP(Treatment.SKIP);

    final Treatment treatment;

    Malformed(Treatment treatment) {
        this.treatment = treatment;
    }
}
