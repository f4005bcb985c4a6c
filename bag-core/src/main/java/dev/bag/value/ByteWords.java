package dev.bag.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time, as one {@code long}: the first byte is the lowest. What was found is marked by the highest bit
 * of each byte (Lamport, "Multiple byte processing with full-word instructions", 1975).
 */
final class ByteWords {

    static final long ONES = 0x0101_0101_0101_0101L;

    /** The highest bit of each byte. */
    static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** Times a number with the lowest bit of some bytes set, it has those bits beside each other in its highest byte. */
    private static final long TOGETHER = 0x0102_0408_1020_4080L;

    private static final VarHandle OF_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteWords() {}

    /** The eight bytes from {@code at} on, all of which must exist. */
    static long get(byte[] bytes, int at) {
        return (long) OF_BYTES.get(bytes, at);
    }

    /**
     * The bytes from {@code at} on, below {@code to}: one to eight of them, in the highest places, with zeros below.
     * Nothing outside of the array is read, nor is there a loop but in arrays of less than eight bytes.
     */
    static long highest(byte[] bytes, int at, int to) {
        int unused = Long.BYTES - (to - at) << 3;
        if (at <= bytes.length - Long.BYTES) {
            return get(bytes, at) << unused;
        }
        if (to >= Long.BYTES) {
            return get(bytes, to - Long.BYTES) >>> unused << unused;
        }
        long word = 0;
        for (int i = at; i < to; i++) {
            word = word >>> 8 | (long) bytes[i] << 56;
        }
        return word;
    }

    /** As {@link #highest}, but in the lowest places, with zeros above. */
    static long lowest(byte[] bytes, int at, int to) {
        return highest(bytes, at, to) >>> (Long.BYTES - (to - at) << 3);
    }

    /** Eight times the same byte. */
    static long repeat(byte b) {
        return (b & 0xff) * ONES;
    }

    /** Marks bytes that are equal to those of {@code wanted}. Above the first mark there may be false ones. */
    static long firstEqual(long word, long wanted) {
        long different = word ^ wanted;
        return different - ONES & ~different & HIGH_BITS;
    }

    /** Marks bytes below {@code limit}, which is at most 0x80. Above the first mark there may be false ones. */
    static long firstBelow(long word, int limit) {
        return word - limit * ONES & ~word & HIGH_BITS;
    }

    /** Marks the bytes that are equal to those of {@code wanted}, and no others. */
    static long equal(long word, long wanted) {
        long different = word ^ wanted;
        return ~((different & ~HIGH_BITS) + ~HIGH_BITS | different) & HIGH_BITS;
    }

    /**
     * Returns a bit for each of 64 bytes from {@code at} on, all of which must exist: the lowest for the first byte, set
     * where it is that of {@code wanted}. To go through the bits of so many bytes is to mispredict one branch for all of
     * them, where marks cost one for each word.
     */
    static long equalBits(byte[] bytes, int at, long wanted) {
        long bits = 0;
        for (int word = 0; word < Long.BYTES; word++) {
            long marks = equal(get(bytes, at + word * Long.BYTES), wanted) >>> 7;
            bits |= marks * TOGETHER >>> 56 << word * Long.BYTES;
        }
        return bits;
    }

    /** Marks the bytes from {@code low} to {@code high}, both ASCII, and no others. */
    static long between(long word, char low, char high) {
        long sevenBits = word & ~HIGH_BITS;
        long notBelow = sevenBits + (0x80 - low) * ONES;
        long above = sevenBits + (0x7f - high) * ONES;
        return notBelow & ~above & ~word & HIGH_BITS;
    }

    /** The index of the first marked byte, from 0; 8 if none is. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** The index of the last marked byte, of at least one. */
    static int last(long marks) {
        return 7 - (Long.numberOfLeadingZeros(marks) >>> 3);
    }
}
