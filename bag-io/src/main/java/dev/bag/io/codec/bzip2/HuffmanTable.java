package dev.bag.io.codec.bzip2;

import java.util.Arrays;

/**
 * One Huffman code, canonical: of two codes the longer one is the larger, and of two of a length that of the larger symbol.
 * A look-up tells the symbol of a short code; longer ones, which are rare, are found by their length. As in the original,
 * a code need not be complete, and only bits without a symbol are an error.
 */
final class HuffmanTable {

    static final int LONGEST_CODE = 20;
    static final int MOST_SYMBOLS = 258;

    /** What bits stand for that are no code; as long as the longest one. */
    static final int NO_SYMBOL = MOST_SYMBOLS;

    /** The bits of a look-up: the table fits into the fastest cache, together with those of the other codes. */
    static final int LOOKUP_BITS = 10;

    /** In an entry the symbol stands above the length of its code. */
    static final int SYMBOL_SHIFT = 5;

    static final int LENGTH_MASK = (1 << SYMBOL_SHIFT) - 1;

    /** By the first bits of a code: its entry; 0 if the code is longer, or there is none. */
    final int[] lookup = new int[1 << LOOKUP_BITS];

    /** By length: the first code, the code behind the last, and where in {@code symbols} the first one's symbol is. */
    private final int[] first = new int[LONGEST_CODE + 1];

    private final int[] end = new int[LONGEST_CODE + 1];
    private final int[] index = new int[LONGEST_CODE + 1];

    /** All symbols, in the order of their codes. */
    private final short[] symbols = new short[MOST_SYMBOLS];

    /** Takes the lengths of the codes of symbols, each from 1 to {@link #LONGEST_CODE}. */
    void build(byte[] lengths, int symbolCount) {
        sort(lengths, symbolCount);
        int filled = 0;
        for (int length = 1; length <= LOOKUP_BITS; length++) {
            for (int code = first[length]; code < end[length] && filled < lookup.length; code++) {
                int to = Math.min(lookup.length, filled + (1 << LOOKUP_BITS - length));
                Arrays.fill(lookup, filled, to, entry(length, code));
                filled = to;
            }
        }
        Arrays.fill(lookup, filled, lookup.length, 0);
    }

    private void sort(byte[] lengths, int symbolCount) {
        int sorted = 0;
        int code = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            first[length] = code;
            index[length] = sorted;
            for (int symbol = 0; symbol < symbolCount; symbol++) {
                if (lengths[symbol] == length) {
                    symbols[sorted++] = (short) symbol;
                }
            }
            end[length] = code + sorted - index[length];
            code = end[length] << 1;
        }
    }

    private int entry(int length, int code) {
        return symbols[index[length] + code - first[length]] << SYMBOL_SHIFT | length;
    }

    /** Returns the entry of a code that {@link #lookup} does not have. Its bits are followed by others. */
    int longEntry(int bits) {
        for (int length = LOOKUP_BITS + 1; length <= LONGEST_CODE; length++) {
            int code = bits >>> LONGEST_CODE - length;
            if (code < end[length]) {
                return entry(length, code);
            }
        }
        return NO_SYMBOL << SYMBOL_SHIFT | LONGEST_CODE;
    }
}
