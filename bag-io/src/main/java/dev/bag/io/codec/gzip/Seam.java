package dev.bag.io.codec.gzip;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A last block that is put behind the bits before a place, to see whether a block begins there. If the inflater comes to
 * the end of that block, and its text is the last of what the inflater makes, then the place is where a block begins.
 *
 * <p><b>Why that proves it.</b> The block has codes of its own for {@value #LITERALS} bytes drawn at random when the class
 * is loaded, which no file can know. Its text is these bytes. They can come out only if the list of 257 lengths, one bit
 * each, is read from its first bit on; any other begin shifts the bytes. The header before the list has as many bits as a
 * header can have, so it cannot have begun earlier. It cannot have begun later either: read from any later bit on it is
 * no valid header. And its first bit says that the block is the last one, so that none before was.
 */
final class Seam {

    private static final int LITERALS = 15;

    /** The code of each is its index. */
    private static final byte[] TEXT = drawLiterals();

    private static final int END_OF_BLOCK = 256;

    /** By the number of bits that precede the block in its first byte. */
    private static final byte[][] BLOCKS = new byte[8][];

    static {
        for (int bits = 0; bits < 8; bits++) {
            BLOCKS[bits] = block(bits);
        }
    }

    private Seam() {}

    private static byte[] drawLiterals() {
        SecureRandom random = new SecureRandom();
        return copy(random.ints(0, 256).distinct().limit(LITERALS).sorted().toArray());
    }

    private static byte[] copy(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] block(int bits) {
        BitWriter out = new BitWriter().number(0, bits);
        out.number(1, 1).number(2, 2).number(0, 5).number(0, 5).number(15, 4);
        // Of the lengths 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 only 0 and 4 occur.
        out.number(0, 9).number(1, 3).number(0, 21).number(1, 3).number(0, 21);
        for (int symbol = 0; symbol < END_OF_BLOCK; symbol++) {
            out.code(isLiteral(symbol) ? 1 : 0, 1);
        }
        out.code(1, 1).code(0, 1); // the end of the block, and a distance without a code
        for (int code = 0; code <= LITERALS; code++) {
            out.code(code, 4);
        }
        return out.toByteArray();
    }

    private static boolean isLiteral(int symbol) {
        for (byte literal : TEXT) {
            if ((literal & 0xff) == symbol) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the bytes from the one in which a place is, to the end.
     *
     * @param bits how many bits of that byte precede the place, from 0 to 7
     * @param last that byte, of which no other bits are used
     */
    static byte[] behind(int bits, byte last) {
        byte[] bytes = BLOCKS[bits].clone();
        bytes[0] |= (byte) (last & (1 << bits) - 1);
        return bytes;
    }

    /** Returns how many bytes precede the text of the block, which is the last of what was made; -1 if it is not. */
    static int textBefore(byte[] made, int length) {
        int before = length - LITERALS;
        return before >= 0 && Arrays.equals(made, before, length, TEXT, 0, LITERALS) ? before : -1;
    }
}
