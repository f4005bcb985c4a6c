package dev.bag.io.codec;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip in the blocks of BGZF, as section 4.1 of the SAM/BAM format specification defines them: members of RFC 1952 of at most
 * 64 KiB whose extra field says how long they are, so that a reader can find each without inflating those before it.
 */
final class GzipCompressor implements Compressor {

    /** A member without data: it says that the file is complete. */
    static final byte[] END = {
        0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff, 6, 0, 'B', 'C', 2, 0, 0x1b, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /** As bgzip cuts it: so much data is never more than a block, even if it cannot be compressed. */
    private static final int MOST_DATA = 0xff00;

    private static final int LONGEST_BLOCK = 1 << 16;
    private static final int HEADER_LENGTH = 18;
    private static final int TRAILER_LENGTH = 8;
    private static final int STORED_HEADER_LENGTH = 5;

    private final ByteOutput out;
    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private final byte[] data = new byte[MOST_DATA];
    private final byte[] block = new byte[LONGEST_BLOCK];
    private int filled;

    GzipCompressor(ByteOutput out, int level) {
        this.out = out;
        this.deflater = new Deflater(level, true);
        System.arraycopy(END, 0, block, 0, HEADER_LENGTH);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            int count = Math.min(end - at, MOST_DATA - filled);
            System.arraycopy(bytes, at, data, filled, count);
            filled += count;
            at += count;
            if (filled == MOST_DATA) {
                writeBlock();
            }
        }
    }

    @Override
    public void finish() throws IOException {
        if (filled > 0) {
            writeBlock();
        }
    }

    // +--------------------+------+-------------+-------+-------+
    // | gzip header, BC, 2 | size | deflated    | CRC32 | ISIZE |
    // +--------------------+------+-------------+-------+-------+
    private void writeBlock() throws IOException {
        int end = HEADER_LENGTH + deflated();
        crc.reset();
        crc.update(data, 0, filled);
        littleEndian(end, (int) crc.getValue(), 4);
        littleEndian(end + 4, filled, 4);
        end += TRAILER_LENGTH;
        littleEndian(HEADER_LENGTH - 2, end - 1, 2);
        out.write(block, 0, end);
        filled = 0;
    }

    /** Puts the deflated data into the block, and returns their length. */
    private int deflated() {
        deflater.reset();
        deflater.setInput(data, 0, filled);
        deflater.finish();
        int room = LONGEST_BLOCK - HEADER_LENGTH - TRAILER_LENGTH;
        int length = 0;
        while (!deflater.finished()) {
            int count = deflater.deflate(block, HEADER_LENGTH + length, room - length);
            length += count;
            if (count == 0) {
                return stored(); // some versions of zlib let data grow more than that of the JDK does
            }
        }
        return length;
    }

    private int stored() {
        block[HEADER_LENGTH] = 1;
        littleEndian(HEADER_LENGTH + 1, filled, 2);
        littleEndian(HEADER_LENGTH + 3, ~filled, 2);
        System.arraycopy(data, 0, block, HEADER_LENGTH + STORED_HEADER_LENGTH, filled);
        return STORED_HEADER_LENGTH + filled;
    }

    private void littleEndian(int at, int value, int byteCount) {
        for (int i = 0; i < byteCount; i++) {
            block[at + i] = (byte) (value >>> 8 * i);
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
