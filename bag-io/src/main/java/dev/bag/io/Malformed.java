package dev.bag.io;

/** What becomes of a line with bytes that are not of its charset. */
public enum Malformed {
    /** It is an error, with file, line, byte offset and the bytes. */
    REPORT,
    /** Each wrong sequence of bytes becomes U+FFFD, as {@code new String} does it. */
    REPLACE,
    /** The line is left out. */
    SKIP
}
