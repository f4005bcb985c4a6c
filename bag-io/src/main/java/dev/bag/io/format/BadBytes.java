package dev.bag.io.format;

/** What becomes of a line with bytes that are not of its charset. */
public enum BadBytes {
    /** It is an error. */
    REPORT,
    /** The bytes become U+FFFD. */
    REPLACE,
    /** The line is left out. */
    SKIP_LINE
}
