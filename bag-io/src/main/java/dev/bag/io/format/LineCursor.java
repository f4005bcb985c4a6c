package dev.bag.io.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Walks over the lines in a buffer. One thread at a time uses it. */
public abstract class LineCursor {

    final byte[] bytes;

    /** The bytes before it are those of whole lines. */
    final int limit;

    /** The bytes of the current line, without its end: from, up to but not including. */
    int from;

    int to;

    /** Where the line after it begins: behind {@code limit} after a last line without an end. */
    int next;

    /** Whether no byte of the current line is above 0x7f, in a charset that has ASCII there. */
    boolean ascii;

    LineCursor(byte[] bytes, int limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    /** Goes to the next line. Returns whether there is one. */
    abstract boolean advance();

    /** Returns how many lines there are, wherever the cursor is. Any thread may ask. */
    abstract long countLines();

    /**
     * Returns how many lines follow the current one, and sets {@link #isAscii()} to whether they are all known to be
     * nothing but ASCII; or returns -1 if they are not counted faster than by going to each. Does not go to any.
     */
    long countRest() {
        return -1;
    }

    /** Goes behind the last line. */
    final void skipRest() {
        from = limit;
        to = limit;
        next = limit;
    }

    /** Returns how many bytes follow the current line. */
    final int restLength() {
        return Math.max(0, limit - next);
    }

    /** Returns whether no line follows the current one. */
    final boolean isAtEnd() {
        return next >= limit;
    }

    /** Returns the buffer. It is not to be written to. */
    public final byte[] bytes() {
        return bytes;
    }

    /** Returns the index of the first byte of the current line. */
    public final int from() {
        return from;
    }

    /** Returns the index behind the last byte of the current line, its line end not included. */
    public final int to() {
        return to;
    }

    /** Returns the index of the first byte behind the current line and its end, or the limit. */
    public final int next() {
        return Math.min(next, limit);
    }

    /** Returns the index behind the last byte of all lines. */
    public final int limit() {
        return limit;
    }

    /** Returns true if the line is known to be nothing but ASCII. */
    public final boolean isAscii() {
        return ascii;
    }

    /** Returns the text of a line of which {@link #isAscii()} is true. */
    public final String ascii() {
        return new String(bytes, from, to - from, ISO_8859_1);
    }
}
