package dev.bag.io.codec.gzip;

import java.util.Arrays;

/** Writes bits as deflate has them: the lowest of each byte first. */
final class BitWriter {

    private byte[] bytes = new byte[64];
    private int count;

    /** Writes a number, its lowest bit first. */
    BitWriter number(int value, int bitCount) {
        for (int i = 0; i < bitCount; i++) {
            bit(value >> i & 1);
        }
        return this;
    }

    /** Writes a Huffman code, its highest bit first. */
    BitWriter code(int code, int bitCount) {
        for (int i = bitCount - 1; i >= 0; i--) {
            bit(code >> i & 1);
        }
        return this;
    }

    private void bit(int bit) {
        if (count >> 3 == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        bytes[count >> 3] |= (byte) (bit << (count & 7));
        count++;
    }

    int bitCount() {
        return count;
    }

    /** Returns the bytes; the bits behind the last one are 0. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, count + 7 >> 3);
    }
}
