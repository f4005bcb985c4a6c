package dev.bag.io.split;

import java.util.Arrays;

/** The bytes that end a record. They are looked for at multiples of a code unit only. */
public final class Delimiter {

    private final byte[] bytes;
    private final int unit;

    /** The index of the byte that is searched for first: not zero if possible, because of UTF-16 and UTF-32. */
    private final int anchor;

    /**
     * A delimiter.
     *
     * @param bytes at least one; a multiple of {@code unit}
     * @param unit 1, or 2 for UTF-16, or 4 for UTF-32
     */
    public Delimiter(byte[] bytes, int unit) {
        if (bytes.length == 0 || bytes.length % unit != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are not one or more units of " + unit);
        }
        this.bytes = bytes.clone();
        this.unit = unit;
        this.anchor = firstNonZero(bytes);
    }

    private static int firstNonZero(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return i;
            }
        }
        return 0;
    }

    /** Returns how many bytes it has. */
    public int length() {
        return bytes.length;
    }

    /** The number of bytes of which each index is a multiple. */
    public int unit() {
        return unit;
    }

    /** The last multiple of the code unit that is not above {@code index}. */
    public int alignDown(int index) {
        return index - index % unit;
    }

    /**
     * Where the first one begins that lies between {@code from} and {@code to}, or -1.
     *
     * @param from a multiple of the unit, counted from where the text begins
     */
    public int find(byte[] in, int from, int to) {
        int at = from + anchor;
        int lastAnchor = to - bytes.length + anchor;
        while (at <= lastAnchor) {
            at = Words.indexOf(in, at, lastAnchor + 1, bytes[anchor]);
            if (at < 0) {
                return -1;
            }
            if (isAt(in, at - anchor)) {
                return at - anchor;
            }
            at++;
        }
        return -1;
    }

    /** Returns where the last one ends that lies between {@code from} and {@code to}, or -1. */
    public int lastEnd(byte[] in, int from, int to) {
        for (int at = to - bytes.length; at >= from; at--) {
            if (in[at + anchor] == bytes[anchor] && isAt(in, at)) {
                return at + bytes.length;
            }
        }
        return -1;
    }

    /** Returns whether one begins at an index. */
    public boolean isAt(byte[] in, int index) {
        return index % unit == 0 && Arrays.equals(in, index, index + bytes.length, bytes, 0, bytes.length);
    }

    /**
     * Whether two of them can never overlap, because no proper beginning is also an end, as in {@code "aa"}. Only then
     * are the same ones found from wherever the search begins.
     */
    public boolean neverOverlapsItself() {
        for (int length = unit; length < bytes.length; length += unit) {
            if (Arrays.equals(bytes, 0, length, bytes, bytes.length - length, bytes.length)) {
                return false;
            }
        }
        return true;
    }
}
