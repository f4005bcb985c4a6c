package dev.bag.io.codec.gzip;

/**
 * Empty blocks that stand before a block that begins inside of a byte. An inflater takes whole bytes; so it is given
 * blocks without data which have as many bits, modulo 8, as precede the block in its first byte.
 *
 * <p>An empty block with the fixed codes has 10 bits. One with codes of its own has 92, or 95 with a needless last number:
 * an odd number is needed for odd places.
 */
final class LeadIn {

    /** By how many bits there are modulo 8: the bytes, of which the last one has room for the first bits of the block. */
    private static final byte[][] BLOCKS = new byte[8][];

    static {
        for (int bits = 1; bits < 8; bits++) {
            BLOCKS[bits] = blocks(bits);
        }
    }

    private LeadIn() {}

    private static byte[] blocks(int bits) {
        BitWriter out = new BitWriter();
        if (bits % 2 == 1) {
            dynamicBlock(out);
        }
        while (out.bitCount() % 8 != bits) {
            out.number(0, 1).number(1, 2).code(0, 7);
        }
        return out.toByteArray();
    }

    /** As in RFC 1951, 3.2.7: 256 literals without a code, the end of the block, and a distance without a code. */
    private static void dynamicBlock(BitWriter out) {
        out.number(0, 1).number(2, 2).number(0, 5).number(0, 5).number(15, 4);
        // The lengths of the codes of 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15.
        out.number(0, 6).number(1, 3).number(2, 3).number(0, 39).number(2, 3).number(0, 3);
        out.code(0, 1).number(138 - 11, 7); // 18: zeros
        out.code(0, 1).number(118 - 11, 7);
        out.code(3, 2); // 1
        out.code(2, 2); // 0
        out.code(0, 1); // the end
    }

    /**
     * Returns the bytes up to the one in which a block begins.
     *
     * @param bits how many bits of that byte precede the block, from 1 to 7
     * @param first that byte
     */
    static byte[] before(int bits, byte first) {
        byte[] bytes = BLOCKS[bits].clone();
        bytes[bytes.length - 1] |= (byte) (first & 0xff & -1 << bits);
        return bytes;
    }
}
