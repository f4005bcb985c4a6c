package dev.bag.io.codec.bzip2;

import static dev.bag.io.codec.bzip2.Bzip2Exception.corrupt;

import java.util.Arrays;

/**
 * The text of a block: four equal bytes are followed by a byte that says how many more there are. Stretches without
 * four equal ones are copied as they are.
 */
final class RunLengths {

    private static final int EQUAL_BYTES = 4;

    private final BlockChecksum checksum = new BlockChecksum();
    private byte[] bytes = new byte[0];
    private int length;

    /** The next byte to be copied. */
    private int next;

    /** The bytes before it are copied as they are; if four equal ones are the last of them, a count follows. */
    private int copiedUpTo;

    private boolean countFollows;

    /** So many bytes are left of a run. */
    private int runLeft;

    private byte runByte;

    /** Forgets the text. */
    void clear() {
        length = 0;
        rewind();
    }

    /** Returns the checksum of the text, before any of it is read. The array is read from until it is. */
    int start(byte[] shortened, int count) throws Bzip2Exception {
        bytes = shortened;
        length = count;
        rewind();
        int value = checksum.of(this);
        if (countFollows) {
            clear();
            throw corrupt("a block ends inside a run");
        }
        rewind();
        return value;
    }

    private void rewind() {
        next = 0;
        runLeft = 0;
        findRun();
    }

    int read(byte[] into, int from, int count) {
        int at = from;
        int end = from + count;
        while (at < end && hasMore()) {
            if (runLeft > 0) {
                int part = Math.min(runLeft, end - at);
                Arrays.fill(into, at, at + part, runByte);
                runLeft -= part;
                at += part;
            } else {
                int part = Math.min(copiedUpTo - next, end - at);
                System.arraycopy(bytes, next, into, at, part);
                next += part;
                at += part;
                if (next == copiedUpTo && countFollows && next < length) {
                    beginRun();
                }
            }
        }
        return at == from ? -1 : at - from;
    }

    private boolean hasMore() {
        return runLeft > 0 || next < copiedUpTo;
    }

    private void beginRun() {
        runByte = bytes[next - 1];
        runLeft = bytes[next] & 0xff;
        next++;
        findRun();
    }

    private void findRun() {
        int equal = behindEqualBytes(next);
        countFollows = equal >= 0;
        copiedUpTo = countFollows ? equal : length;
    }

    /** Returns the index behind the first four equal bytes, or -1. */
    private int behindEqualBytes(int from) {
        int at = from;
        while (at + Long.BYTES <= length) {
            long word = (long) BitReader.EIGHT_BYTES.get(bytes, at);
            long different = word ^ word << Byte.SIZE;
            different |= different << Byte.SIZE;
            different |= different << Byte.SIZE;
            // Of the first five bytes: zero if it equals the three behind it.
            if (hasZeroByte(different | 0xff_ffffL)) {
                break;
            }
            at += Long.BYTES - EQUAL_BYTES + 1;
        }
        return behindEqualBytesSlowly(at);
    }

    private static boolean hasZeroByte(long word) {
        return (word - 0x0101_0101_0101_0101L & ~word & 0x8080_8080_8080_8080L) != 0;
    }

    private int behindEqualBytesSlowly(int from) {
        int equal = 1;
        for (int at = from + 1; at < length; at++) {
            equal = bytes[at] == bytes[at - 1] ? equal + 1 : 1;
            if (equal == EQUAL_BYTES) {
                return at + 1;
            }
        }
        return -1;
    }
}
