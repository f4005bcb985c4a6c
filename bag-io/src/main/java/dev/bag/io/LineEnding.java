package dev.bag.io;

/** The characters that end a line. */
public enum LineEnding {
    /** A line feed; one carriage return before it belongs to the line end. */
    LF,
    /** A line feed, a carriage return, or both in this order. */
    UNIVERSAL
}
