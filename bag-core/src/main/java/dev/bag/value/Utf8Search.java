package dev.bag.value;

import static dev.bag.value.ByteWords.equal;
import static dev.bag.value.ByteWords.first;
import static dev.bag.value.ByteWords.firstBelow;
import static dev.bag.value.ByteWords.firstEqual;
import static dev.bag.value.ByteWords.get;
import static dev.bag.value.ByteWords.highest;
import static dev.bag.value.ByteWords.lowest;
import static dev.bag.value.ByteWords.repeat;

import java.util.Arrays;

/**
 * Looks for bytes from {@code from} on, below {@code to}. Words may be read that reach beyond {@code to}, but not beyond
 * the array.
 */
final class Utf8Search {

    /** 31 to the power of 4. */
    private static final int POWER_4 = 923_521;

    /** 31 to the powers from 0 to 8, modulo 2<sup>32</sup>. */
    private static final int[] POWERS = powers();

    private Utf8Search() {}

    private static int[] powers() {
        int[] powers = new int[Long.BYTES + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 31 * powers[i - 1];
        }
        return powers;
    }

    /** The index of the first {@code b}; {@code to} if there is none. */
    static int find(byte[] in, int from, int to, byte b) {
        long wanted = repeat(b);
        int at = from;
        for (int end = Math.min(to, in.length - 7); at < end; at += Long.BYTES) {
            long marks = firstEqual(get(in, at), wanted);
            if (marks != 0) {
                return Math.min(at + first(marks), to);
            }
        }
        return at < to ? Math.min(at + first(firstEqual(lowest(in, at, to), wanted)), to) : to;
    }

    /** The index of the last {@code b}; {@code from - 1} if there is none. */
    static int findLast(byte[] in, int from, int to, byte b) {
        long wanted = repeat(b);
        int end = to;
        for (; end - from >= Long.BYTES; end -= Long.BYTES) {
            long marks = equal(get(in, end - Long.BYTES), wanted);
            if (marks != 0) {
                return end - Long.BYTES + ByteWords.last(marks);
            }
        }
        int at = end - 1;
        while (at >= from && in[at] != b) {
            at--;
        }
        return at;
    }

    /** How many bytes are {@code b}. */
    static int count(byte[] in, int from, int to, byte b) {
        long wanted = repeat(b);
        int count = 0;
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            count += Long.bitCount(equal(get(in, at), wanted));
        }
        if (at < to) {
            long inside = -1L >>> (Long.BYTES - (to - at) << 3);
            count += Long.bitCount(equal(lowest(in, at, to), wanted) & inside);
        }
        return count;
    }

    /** The index of the {@code number}th {@code b}, from 1; {@code to} if there are fewer. */
    static int findNumber(byte[] in, int from, int to, byte b, int number) {
        long wanted = repeat(b);
        int left = number;
        int at = from;
        for (int end = Math.min(to, in.length - 7); at < end; at += Long.BYTES) {
            long marks = equal(get(in, at), wanted);
            int found = Long.bitCount(marks);
            if (found >= left) {
                return Math.min(at + indexOfMark(marks, left), to);
            }
            left -= found;
        }
        if (at < to) {
            long marks = equal(lowest(in, at, to), wanted);
            if (Long.bitCount(marks) >= left) {
                return Math.min(at + indexOfMark(marks, left), to);
            }
        }
        return to;
    }

    private static int indexOfMark(long marks, int number) {
        long left = marks;
        for (int i = 1; i < number; i++) {
            left &= left - 1;
        }
        return first(left);
    }

    /** The index of the first byte that is white space of ASCII; {@code to} if there is none. */
    static int findSpace(byte[] in, int from, int to) {
        int at = findControl(in, from, to);
        while (at < to && !isSpace(in[at])) {
            at = findControl(in, at + 1, to);
        }
        return at;
    }

    /** The index of the first space or control character; {@code to} if there is none. Few of them are no white space. */
    private static int findControl(byte[] in, int from, int to) {
        int at = from;
        for (int end = Math.min(to, in.length - 7); at < end; at += Long.BYTES) {
            long marks = firstBelow(get(in, at), ' ' + 1);
            if (marks != 0) {
                return Math.min(at + first(marks), to);
            }
        }
        return at < to ? Math.min(at + first(firstBelow(lowest(in, at, to), ' ' + 1)), to) : to;
    }

    /** Whether a byte is a space, or one of the five characters from tab to carriage return. */
    static boolean isSpace(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    /** The index of the first byte that is no white space of ASCII; {@code to} if there is none. */
    static int skipSpaces(byte[] in, int from, int to) {
        int at = from;
        while (at < to && isSpace(in[at])) {
            at++;
        }
        return at;
    }

    /** The index after the last byte that is no white space of ASCII; {@code from} if there is none. */
    static int skipSpacesBack(byte[] in, int from, int to) {
        int end = to;
        while (end > from && isSpace(in[end - 1])) {
            end--;
        }
        return end;
    }

    /** The index of the first line feed or carriage return; {@code to} if there is neither. */
    static int findLineEnd(byte[] in, int from, int to) {
        int at = from;
        for (int end = Math.min(to, in.length - 7); at < end; at += Long.BYTES) {
            long marks = lineEnds(get(in, at));
            if (marks != 0) {
                return Math.min(at + first(marks), to);
            }
        }
        return at < to ? Math.min(at + first(lineEnds(lowest(in, at, to))), to) : to;
    }

    /** The first mark is exact, for it is that of one of the two. */
    private static long lineEnds(long word) {
        return firstEqual(word, '\n' * ByteWords.ONES) | firstEqual(word, '\r' * ByteWords.ONES);
    }

    /** The index of the first occurrence of {@code wanted[wantedFrom, wantedTo)}; -1 if there is none. */
    static int indexOf(byte[] in, int from, int to, byte[] wanted, int wantedFrom, int wantedTo) {
        int length = wantedTo - wantedFrom;
        if (length == 0) {
            return from;
        }
        byte head = wanted[wantedFrom];
        byte tail = wanted[wantedTo - 1];
        int end = to - length + 1;
        for (int at = from; ; at++) {
            at = findEnds(in, at, end, head, tail, length - 1);
            if (at >= end) {
                return -1;
            }
            if (Arrays.equals(in, at, at + length, wanted, wantedFrom, wantedTo)) {
                return at;
            }
        }
    }

    /** Whether {@code wanted}, a text of ASCII characters only, occurs. */
    static boolean contains(byte[] in, int from, int to, String wanted) {
        int length = wanted.length();
        if (length == 0) {
            return true;
        }
        byte head = (byte) wanted.charAt(0);
        byte tail = (byte) wanted.charAt(length - 1);
        int end = to - length + 1;
        for (int at = from; ; at++) {
            at = findEnds(in, at, end, head, tail, length - 1);
            if (at >= end) {
                return false;
            }
            if (isAt(in, at, wanted)) {
                return true;
            }
        }
    }

    /**
     * The first index below {@code end} at which {@code head} stands, with {@code tail} {@code apart} bytes later;
     * {@code end} or more if there is none. To look for both ends at once leaves few places to compare (Mula, "SIMD-friendly
     * algorithms for substring searching", 2018).
     */
    private static int findEnds(byte[] in, int from, int end, byte head, byte tail, int apart) {
        long heads = repeat(head);
        long tails = repeat(tail);
        int at = from;
        for (int fastEnd = Math.min(end, in.length - 7 - apart); at < fastEnd; at += Long.BYTES) {
            long different = get(in, at) ^ heads | get(in, at + apart) ^ tails;
            long marks = firstEqual(different, 0);
            if (marks != 0) {
                return at + first(marks);
            }
        }
        while (at < end && (in[at] != head || in[at + apart] != tail)) {
            at++;
        }
        return at;
    }

    /** Whether the bytes from {@code at} on, as many as {@code wanted} has characters, are these characters. */
    static boolean isAt(byte[] in, int at, String wanted) {
        for (int i = 0; i < wanted.length(); i++) {
            if (in[at + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether two runs of bytes are the same. Most are short: a call for any length would cost more. */
    static boolean areEqual(byte[] left, int leftFrom, int leftTo, byte[] right, int rightFrom, int rightTo) {
        int apart = rightFrom - leftFrom;
        if (rightTo - leftTo != apart) {
            return false;
        }
        int at = leftFrom;
        for (; leftTo - at >= Long.BYTES; at += Long.BYTES) {
            if (get(left, at) != get(right, at + apart)) {
                return false;
            }
        }
        return at == leftTo || highest(left, at, leftTo) == highest(right, at + apart, rightTo);
    }

    /** The polynomial of 31 over the unsigned bytes, the last of them times 1. */
    static int hash(byte[] in, int from, int to) {
        int hash = 0;
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            hash = hash * POWERS[Long.BYTES] + hash(get(in, at));
        }
        return at < to ? hash * POWERS[to - at] + hash(highest(in, at, to)) : hash;
    }

    /** The polynomial over eight bytes: of pairs, of pairs of these, and of their halves. */
    private static int hash(long word) {
        long pairs = (word & 0x00ff_00ff_00ff_00ffL) * 31 + (word >>> 8 & 0x00ff_00ff_00ff_00ffL);
        long fours = (pairs & 0x0000_ffff_0000_ffffL) * (31 * 31) + (pairs >>> 16 & 0x0000_ffff_0000_ffffL);
        return (int) fours * POWER_4 + (int) (fours >>> 32);
    }
}
