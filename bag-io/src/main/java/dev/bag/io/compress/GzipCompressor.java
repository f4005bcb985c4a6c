package dev.bag.io.compress;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip in the blocks of BGZF, as section 4.1 of the SAM/BAM format specification defines them: members of RFC 1952 of at most
 * 64 KiB whose extra field says how long they are, so that a reader can find each without inflating those before it.
 */
final class GzipCompressor implements BlockCompressor {

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

    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private final byte[] block = new byte[LONGEST_BLOCK];

    GzipCompressor(int level) {
        this.deflater = new Deflater(level, true);
        System.arraycopy(END, 0, block, 0, HEADER_LENGTH);
    }

    @Override
    public int mostData() {
        return MOST_DATA;
    }

    @Override
    public boolean isListed() {
        return false;
    }

    // +--------------------+------+-------------+-------+-------+
    // | gzip header, BC, 2 | size | deflated    | CRC32 | ISIZE |
    // +--------------------+------+-------------+-------+-------+
    @Override
    public int compress(byte[] data, int from, int length, ByteOutput out) throws IOException {
        int end = HEADER_LENGTH + deflated(data, from, length);
        crc.reset();
        crc.update(data, from, length);
        littleEndian(end, (int) crc.getValue(), 4);
        littleEndian(end + 4, length, 4);
        end += TRAILER_LENGTH;
        littleEndian(HEADER_LENGTH - 2, end - 1, 2);
        out.write(block, 0, end);
        return end;
    }

    /** Puts the deflated data into the block, and returns their length. */
    private int deflated(byte[] data, int from, int count) {
        deflater.reset();
        deflater.setInput(data, from, count);
        deflater.finish();
        int room = LONGEST_BLOCK - HEADER_LENGTH - TRAILER_LENGTH;
        int length = 0;
        while (!deflater.finished()) {
            int added = deflater.deflate(block, HEADER_LENGTH + length, room - length);
            length += added;
            if (added == 0) {
                return stored(data, from, count); // some versions of zlib let data grow more than that of the JDK does
            }
        }
        return length;
    }

    private int stored(byte[] data, int from, int count) {
        block[HEADER_LENGTH] = 1;
        littleEndian(HEADER_LENGTH + 1, count, 2);
        littleEndian(HEADER_LENGTH + 3, ~count, 2);
        System.arraycopy(data, from, block, HEADER_LENGTH + STORED_HEADER_LENGTH, count);
        return STORED_HEADER_LENGTH + count;
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
