package dev.bag.io.codec.bzip2;

import static dev.bag.io.codec.bzip2.Bzip2Exception.corrupt;

import java.io.IOException;

/** What precedes the symbols of a block: which bytes are in it, the Huffman codes, and which of them comes when. */
final class BlockHeader {

    /** A selector says by which code so many symbols are written. */
    static final int SYMBOLS_A_SELECTOR = 50;

    /** What a block of 900,000 bytes needs. Some writers round up; more are read, and never used. */
    private static final int MOST_SELECTORS = 18_002;

    private static final int FEWEST_CODES = 2;
    private static final int MOST_CODES = 6;

    /** The bytes that are in the block, in their order. */
    final byte[] bytes = new byte[256];

    int byteCount;

    private final HuffmanTable[] tables = new HuffmanTable[MOST_CODES];
    private final byte[] lengths = new byte[HuffmanTable.MOST_SYMBOLS];
    private int tableCount;

    private byte[] selectors = new byte[0];
    private int selectorCount;

    BlockHeader() {
        for (int i = 0; i < MOST_CODES; i++) {
            tables[i] = new HuffmanTable();
        }
    }

    void read(BitReader bits) throws IOException {
        readBytes(bits);
        readSelectors(bits);
        for (int i = 0; i < tableCount; i++) {
            readTable(bits, tables[i]);
        }
    }

    /** Returns the number of symbols: two for runs, one for each byte but the first in the list, one for the end. */
    int symbolCount() {
        return byteCount + 2;
    }

    int selectorCount() {
        return selectorCount;
    }

    /** Returns the code of so many symbols. */
    HuffmanTable table(int selector) {
        return tables[selectors[selector]];
    }

    /** 16 bits say in which sixteenths of all bytes there are some, and 16 more for each of these which ones. */
    void readBytes(BitReader bits) throws IOException {
        int sixteenths = (int) bits.read(16);
        byteCount = 0;
        for (int high = 0; high < 16; high++) {
            int inUse = (sixteenths & 0x8000 >>> high) == 0 ? 0 : (int) bits.read(16);
            for (int low = 0; low < 16; low++) {
                if ((inUse & 0x8000 >>> low) != 0) {
                    bytes[byteCount++] = (byte) (high << 4 | low);
                }
            }
        }
        if (byteCount == 0) {
            throw corrupt("a block has no bytes");
        }
    }

    /** Returns whether all of some bytes are in the block. */
    boolean hasAll(int... values) {
        for (int value : values) {
            boolean found = false;
            for (int i = 0; i < byteCount; i++) {
                found |= (bytes[i] & 0xff) == value;
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** A selector is written as its place in a list that the last ones lead: so many ones, and a zero. */
    private void readSelectors(BitReader bits) throws IOException {
        tableCount = (int) bits.read(3);
        int stored = (int) bits.read(15);
        if (tableCount < FEWEST_CODES || tableCount > MOST_CODES || stored == 0) {
            throw corrupt("a block has " + tableCount + " codes and " + stored + " selectors of them");
        }
        selectorCount = Math.min(stored, MOST_SELECTORS);
        if (selectors.length < selectorCount) {
            selectors = new byte[selectorCount];
        }
        byte[] list = {0, 1, 2, 3, 4, 5};
        for (int i = 0; i < stored; i++) {
            int place = readPlace(bits);
            byte selector = list[place];
            System.arraycopy(list, 0, list, 1, place);
            list[0] = selector;
            if (i < selectorCount) {
                selectors[i] = selector;
            }
        }
    }

    private int readPlace(BitReader bits) throws IOException {
        int place = 0;
        while (bits.readBit()) {
            place++;
            if (place == tableCount) {
                throw corrupt("a selector is not of one of " + tableCount + " codes");
            }
        }
        return place;
    }

    /** The length of the first code in five bits, and from code to code: 10 for one more, 11 for one less, 0 for the same. */
    private void readTable(BitReader bits, HuffmanTable table) throws IOException {
        int length = (int) bits.read(5);
        for (int symbol = 0; symbol < symbolCount(); symbol++) {
            checkLength(length);
            while (bits.readBit()) {
                length += bits.readBit() ? -1 : 1;
                checkLength(length);
            }
            lengths[symbol] = (byte) length;
        }
        table.build(lengths, symbolCount());
    }

    private static void checkLength(int length) throws Bzip2Exception {
        if (length < 1 || length > HuffmanTable.LONGEST_CODE) {
            throw corrupt("a code has a length of " + length + " bits");
        }
    }
}
