package dev.bag.io.codec.bzip2;

import static dev.bag.io.codec.bzip2.Bzip2Exception.corrupt;

import java.io.IOException;
import java.util.Arrays;

/**
 * Decompresses blocks. A block is decoded and checked as a whole before its first byte is handed out, so that no byte of a
 * corrupt one ever is. Holds as many bytes as the largest block so far had, at most 0.9 MB, and shares with others what
 * decoding takes: five times as many, at most 12 times where a text repeats itself. What a block says of itself drives no
 * allocation.
 */
public final class BlockDecoder {

    /** The most bytes of a block, before its short runs become long again. */
    public static final int LONGEST_BLOCK = 900_000;

    /** A block that has more different bytes has at least so many; one of them may be the count of a run. */
    private static final int FIRST_BYTES = 4;

    private static final int FIRST_LENGTH = 32 << 10;

    /** A loop writes that many bytes before it looks whether there is room. */
    private static final int ROOM = BlockHeader.SYMBOLS_A_SELECTOR;

    /** The longest code has 20 bits. */
    private static final int GROUP_BYTES = ROOM * HuffmanTable.LONGEST_CODE / Byte.SIZE + 3 * Long.BYTES;

    private final BlockHeader header = new BlockHeader();
    private final MoveToFront list = new MoveToFront();
    private final RunLengths text = new RunLengths();

    /** The bytes of the block: first the last column of its sorted rotations, then in their order. */
    private byte[] bytes = new byte[0];

    private int length;
    private final int[] counts = new int[256];

    /** The run of the first byte in the list that is being read: its length, and the value of its next digit. */
    private int run;

    private int digit;

    /**
     * Decodes a block, of which the signature has been read.
     *
     * @param mostBytes how many bytes it may have, at most {@link #LONGEST_BLOCK}
     * @return its checksum, which is right
     */
    public int decode(BitReader bits, int mostBytes) throws IOException {
        text.clear();
        int stored = (int) bits.read(32);
        boolean randomised = bits.readBit();
        int origin = (int) bits.read(24);
        header.read(bits);
        readSymbols(bits, mostBytes);
        if (origin >= length) {
            throw corrupt("a block of " + length + " bytes begins with number " + origin);
        }
        SortedRotations.restore(bytes, length, counts, origin);
        if (randomised) {
            Randomisation.undo(bytes, length);
        }
        int checksum = text.start(bytes, length);
        if (checksum != stored) {
            text.clear();
            throw corrupt("the checksum of a block is " + Integer.toHexString(checksum) + ", but "
                    + Integer.toHexString(stored) + " is stored (hexadecimal)");
        }
        return checksum;
    }

    /**
     * Returns whether each of some bytes may be among the first four of a block, of which the signature has been read and
     * nothing is decoded.
     */
    public boolean mayBeginWith(BitReader bits, int... values) throws IOException {
        bits.read(32);
        boolean randomised = bits.readBit();
        bits.read(24);
        header.readBytes(bits);
        return randomised || header.byteCount <= FIRST_BYTES || header.hasAll(values);
    }

    /** Returns how many bytes of the block come next, at least one; -1 after the last one. */
    public int read(byte[] into, int from, int count) {
        return text.read(into, from, count);
    }

    private void readSymbols(BitReader bits, int mostBytes) throws IOException {
        list.start(header.bytes, header.byteCount);
        Arrays.fill(counts, 0);
        length = 0;
        run = 0;
        digit = 1;
        boolean ended = false;
        for (int i = 0; !ended; i++) {
            if (i == header.selectorCount()) {
                throw corrupt("a block does not end");
            }
            grow(length, mostBytes);
            bits.require(GROUP_BYTES);
            try {
                ended = readGroup(bits, header.table(i), mostBytes);
            } finally {
                bits.checkEnd(); // zeros behind the end may be wrong symbols, too
            }
            if (length > mostBytes) {
                throw tooLong(mostBytes);
            }
        }
    }

    /** Reads the symbols of a selector. Returns whether the last one is the end of the block. */
    private boolean readGroup(BitReader bits, HuffmanTable table, int mostBytes) throws Bzip2Exception {
        byte[] in = bits.buffer;
        int[] lookup = table.lookup;
        int endOfBlock = header.symbolCount() - 1;
        // The next bits, the first one highest; so many of them count, and those below are right or zero.
        int at = bits.next >>> 3;
        long word = (long) BitReader.EIGHT_BYTES.get(in, at) << (bits.next & 7);
        int have = Long.SIZE - (bits.next & 7);
        at += Long.BYTES;
        byte[] out = bytes;
        int end = length;
        try {
            for (int i = 0; i < ROOM; i++) {
                if (have < HuffmanTable.LONGEST_CODE) {
                    word |= (long) BitReader.EIGHT_BYTES.get(in, at) >>> have;
                    at += 63 - have >>> 3;
                    have |= 56;
                }
                int entry = lookup[(int) (word >>> Long.SIZE - HuffmanTable.LOOKUP_BITS)];
                if (entry == 0) {
                    entry = table.longEntry((int) (word >>> Long.SIZE - HuffmanTable.LONGEST_CODE));
                }
                int codeLength = entry & HuffmanTable.LENGTH_MASK;
                word <<= codeLength;
                have -= codeLength;
                int symbol = entry >>> HuffmanTable.SYMBOL_SHIFT;
                if (symbol <= 1) {
                    growRun(symbol, mostBytes);
                    continue;
                }
                if (run > 0) {
                    end = writeRun(end, mostBytes);
                    out = bytes;
                }
                if (symbol >= endOfBlock) {
                    return isEnd(symbol);
                }
                int value = list.moveToFront(symbol - 1);
                out[end++] = (byte) value;
                counts[value]++;
            }
            return false;
        } finally {
            length = end;
            bits.next = 8 * at - have;
        }
    }

    /** The lengths of runs are numbers with the digits 1 and 2, the lowest first: powers of two. */
    private void growRun(int symbol, int mostBytes) throws Bzip2Exception {
        run += digit << symbol;
        digit <<= 1;
        if (run > mostBytes) {
            throw tooLong(mostBytes);
        }
    }

    private boolean isEnd(int symbol) throws Bzip2Exception {
        if (symbol == HuffmanTable.NO_SYMBOL) {
            throw corrupt("bits are no code of a symbol");
        }
        return true;
    }

    /** Writes the run behind other bytes. Returns where it ends. */
    private int writeRun(int from, int mostBytes) throws Bzip2Exception {
        int to = from + run;
        if (to > mostBytes) {
            throw tooLong(mostBytes);
        }
        int value = list.first();
        counts[value] += run;
        run = 0;
        digit = 1;
        grow(to, mostBytes);
        Arrays.fill(bytes, from, to, (byte) value);
        return to;
    }

    /** Makes room for as many bytes, and for those of a selector. */
    private void grow(int needed, int mostBytes) {
        if (bytes.length < needed + ROOM) {
            int larger = Math.max(Math.max(FIRST_LENGTH, 2 * bytes.length), needed + ROOM);
            bytes = Arrays.copyOf(bytes, Math.min(larger, mostBytes + 2 * ROOM));
        }
    }

    private static Bzip2Exception tooLong(int mostBytes) {
        return corrupt("a block has more than " + mostBytes + " bytes");
    }
}
