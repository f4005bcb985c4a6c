package dev.bag.io.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Zstandard (RFC 8878) in frames of at most 1 MiB, each with its length and checksum. Behind the last one of a file stands
 * the seek table of the seekable format, a frame that other decoders skip.
 */
final class ZstdCompressor implements BlockCompressor {

    private static final int MOST_DATA = 1 << 20;
    private static final int SKIPPABLE_MAGIC = 0x184D2A5E;
    private static final int SEEKABLE_MAGIC = 0x8F92EAB1;
    private static final int SKIPPABLE_HEADER_LENGTH = 8;
    private static final int FOOTER_LENGTH = 9;

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final byte[] frame = new byte[(int) Zstd.compressBound(MOST_DATA)];

    ZstdCompressor(int level) {
        context.setLevel(level).setChecksum(true).setContentSize(true);
    }

    @Override
    public int mostData() {
        return MOST_DATA;
    }

    @Override
    public boolean isListed() {
        return true;
    }

    @Override
    public int compress(byte[] data, int from, int length, ByteOutput out) throws IOException {
        int count = context.compressByteArray(frame, 0, frame.length, data, from, length);
        out.write(frame, 0, count);
        return count;
    }

    @Override
    public void close() {
        context.close();
    }

    // +-------+--------+======================+-------+---+----------+
    // | magic | length | compressed, original | count | 0 | seekable |
    // +-------+--------+======================+-------+---+----------+
    static byte[] seekTable(int[] frames) {
        int length = Integer.BYTES * frames.length + FOOTER_LENGTH;
        ByteBuffer table = ByteBuffer.allocate(SKIPPABLE_HEADER_LENGTH + length).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(SKIPPABLE_MAGIC).putInt(length);
        for (int each : frames) {
            table.putInt(each);
        }
        return table.putInt(frames.length / 2)
                .put((byte) 0)
                .putInt(SEEKABLE_MAGIC)
                .array();
    }

    /** A frame without data, for a file that would have no frame but the table. */
    static byte[] emptyFrame() {
        return Zstd.compress(new byte[0]);
    }
}
