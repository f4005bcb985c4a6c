package dev.bag.io.split;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, as one {@code long}: the first byte is the lowest. */
public final class Words {

    /** Reads a {@code long} from a {@code byte[]}, at any index. */
    public static final VarHandle OF_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The highest bit of each byte. */
    public static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private static final long ONES = 0x0101_0101_0101_0101L;

    private Words() {}

    /** Eight times the same byte. */
    public static long repeat(int b) {
        return (b & 0xff) * ONES;
    }

    /**
     * Marks bytes of {@code word} that equal those of {@code wanted}, by their highest bit. Exact up to the first mark;
     * above it there may be false ones.
     */
    public static long firstEqual(long word, long wanted) {
        long different = word ^ wanted;
        return different - ONES & ~different & HIGH_BITS;
    }

    /** All bits below the first mark. */
    public static long below(long marks) {
        return (marks & -marks) - 1;
    }

    /** Marks all bytes of {@code word} that differ from those of {@code wanted}, by their highest bit. All other bits mean nothing. */
    public static long different(long word, long wanted) {
        long different = word ^ wanted;
        return (different & ~HIGH_BITS) + ~HIGH_BITS | different;
    }

    /**
     * Marks all bytes of {@code word} that are less than those of {@code limits}, which are ASCII, by their highest bit. Above the
     * first mark some may be marked that equal them.
     */
    public static long below(long word, long limits) {
        return word - limits & ~word & HIGH_BITS;
    }

    /** Returns how many bytes of {@code word} equal those of {@code wanted}. */
    public static int countEqual(long word, long wanted) {
        return Long.bitCount(~different(word, wanted) & HIGH_BITS);
    }

    /** The index of the first byte that {@link #firstEqual} marked, from 0; 8 if none is. */
    public static int index(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** The first index from {@code from} on, below {@code to}, at which {@code b} stands, or -1. */
    public static int indexOf(byte[] bytes, int from, int to, byte b) {
        long wanted = repeat(b);
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long marks = firstEqual((long) OF_BYTES.get(bytes, at), wanted);
            if (marks != 0) {
                return at + index(marks);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == b) {
                return at;
            }
        }
        return -1;
    }

    /** How often {@code b} stands from {@code from} on, below {@code to}. */
    public static long count(byte[] bytes, int from, int to, byte b) {
        long wanted = repeat(b);
        long count = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            count += countEqual((long) OF_BYTES.get(bytes, at), wanted);
        }
        for (; at < to; at++) {
            count += bytes[at] == b ? 1 : 0;
        }
        return count;
    }
}
