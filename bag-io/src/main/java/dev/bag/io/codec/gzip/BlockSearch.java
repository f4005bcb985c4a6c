package dev.bag.io.codec.gzip;

import java.util.Arrays;

/**
 * Looks for the header of a block with codes of its own (RFC 1951, 3.2.7), at any bit. Most places are ruled out by a few
 * bits; what is left must have codes that are complete. Random bits pass about once in 10^10 places, and bytes that
 * are a deflated file themselves pass where its blocks begin; so a place has to be proved by what takes it up.
 *
 * <p>Blocks with the fixed codes have no header that could be told from anything else, and the last block is not looked
 * for: what follows it is near.
 */
final class BlockSearch {

    /** In which order the lengths of the codes for lengths come. */
    private static final byte[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final int LONGEST_LENGTH_CODE = 7;
    private static final int LONGEST_CODE = 15;
    private static final int END_OF_BLOCK = 256;

    /** A header has less than so many bytes. */
    static final int LONGEST_HEADER = 320;

    private final byte[] bytes;
    private final int limit;

    private final byte[] lengths = new byte[320];
    private final int[] counts = new int[LONGEST_CODE + 1];

    /** By the next 7 bits: the symbol, and above it how many bits its code has. */
    private final byte[] symbols = new byte[1 << LONGEST_LENGTH_CODE];

    private final byte[] codeLengths = new byte[1 << LONGEST_LENGTH_CODE];

    /** The bit that is read next. */
    private long at;

    /**
     * A search among bytes.
     *
     * @param limit how many there are
     */
    BlockSearch(byte[] bytes, int limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    /** Returns the first bit at which a header is, from one byte on and before another one; -1 if there is none. */
    long find(int from, int to) {
        int end = Math.min(to, limit - LONGEST_HEADER);
        for (int i = from; i < end; i++) {
            int word = bits24(i);
            for (int bit = 0; bit < 8; bit++, word >>>= 1) {
                // Not the last block, type 2, at most 286 literals and 30 distances.
                if ((word & 7) == 4 && (word >> 3 & 31) < 30 && (word >> 8 & 31) < 30 && isHeader(8L * i + bit)) {
                    return 8L * i + bit;
                }
            }
        }
        return -1;
    }

    private int bits24(int index) {
        return bytes[index] & 0xff | (bytes[index + 1] & 0xff) << 8 | (bytes[index + 2] & 0xff) << 16;
    }

    private int peek(int count) {
        int index = (int) (at >>> 3);
        return bits24(index) >>> (int) (at & 7) & (1 << count) - 1;
    }

    private int take(int count) {
        int value = peek(count);
        at += count;
        return value;
    }

    private boolean isHeader(long bit) {
        at = bit + 3;
        int literals = take(5) + 257;
        int distances = take(5) + 1;
        int numbers = take(4) + 4;
        return readLengthCode(numbers) && readLengths(literals + distances) && areCodes(literals, distances);
    }

    private boolean readLengthCode(int numbers) {
        long first = at;
        int room = 1 << LONGEST_LENGTH_CODE;
        for (int i = 0; i < numbers; i++) {
            int length = take(3);
            room -= length == 0 ? 0 : 1 << LONGEST_LENGTH_CODE - length;
        }
        if (room != 0) {
            return false;
        }
        at = first;
        byte[] ofSymbol = new byte[ORDER.length];
        for (int i = 0; i < numbers; i++) {
            ofSymbol[ORDER[i]] = (byte) take(3);
        }
        fillTable(ofSymbol);
        return true;
    }

    /** Codes are given in the order of their lengths, then of the symbols, and stand with their highest bit first. */
    private void fillTable(byte[] ofSymbol) {
        int code = 0;
        for (int length = 1; length <= LONGEST_LENGTH_CODE; length++, code <<= 1) {
            for (int symbol = 0; symbol < ofSymbol.length; symbol++) {
                if (ofSymbol[symbol] == length) {
                    int reversed = Integer.reverse(code++) >>> Integer.SIZE - length;
                    for (int i = reversed; i < symbols.length; i += 1 << length) {
                        symbols[i] = (byte) symbol;
                        codeLengths[i] = (byte) length;
                    }
                }
            }
        }
    }

    private boolean readLengths(int count) {
        for (int i = 0; i < count; ) {
            int next = peek(LONGEST_LENGTH_CODE);
            at += codeLengths[next];
            int symbol = symbols[next];
            int times = 1;
            byte length = (byte) symbol;
            if (symbol == 16) {
                times = 3 + take(2);
                if (i == 0) {
                    return false;
                }
                length = lengths[i - 1];
            } else if (symbol > 16) {
                times = symbol == 17 ? 3 + take(3) : 11 + take(7);
                length = 0;
            }
            if (i + times > count) {
                return false;
            }
            for (int end = i + times; i < end; i++) {
                lengths[i] = length;
            }
        }
        return true;
    }

    private boolean areCodes(int literals, int distances) {
        return lengths[END_OF_BLOCK] != 0 && isCode(0, literals, false) && isCode(literals, literals + distances, true);
    }

    /** A code is complete. One of distances may have a single word, or none, if there is hardly anything to refer to. */
    private boolean isCode(int from, int to, boolean mayBeSmall) {
        Arrays.fill(counts, 0);
        for (int i = from; i < to; i++) {
            counts[lengths[i]]++;
        }
        int room = 1 << LONGEST_CODE;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            room -= counts[length] << LONGEST_CODE - length;
        }
        int words = to - from - counts[0];
        return room == 0 || mayBeSmall && (words == 0 || words == 1 && counts[1] == 1);
    }
}
