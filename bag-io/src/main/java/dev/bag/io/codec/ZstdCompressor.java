package dev.bag.io.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Zstandard (RFC 8878) in frames of at most 1 MiB, each with its length and checksum. Behind the last one of a file stands
 * the seek table of the seekable format, a frame that other decoders skip.
 */
final class ZstdCompressor implements Compressor {

    private static final int MOST_DATA = 1 << 20;
    private static final int SKIPPABLE_MAGIC = 0x184D2A5E;
    private static final int SEEKABLE_MAGIC = 0x8F92EAB1;
    private static final int SKIPPABLE_HEADER_LENGTH = 8;
    private static final int FOOTER_LENGTH = 9;

    private final ByteOutput out;
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final byte[] data = new byte[MOST_DATA];
    private final byte[] frame = new byte[(int) Zstd.compressBound(MOST_DATA)];
    private int filled;
    private int[] frames = new int[2];
    private int frameCount;

    ZstdCompressor(ByteOutput out, int level) {
        this.out = out;
        context.setLevel(level).setChecksum(true).setContentSize(true);
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
                writeFrame();
            }
        }
    }

    @Override
    public void finish() throws IOException {
        if (filled > 0) {
            writeFrame();
        }
    }

    private void writeFrame() throws IOException {
        int length = context.compressByteArray(frame, 0, frame.length, data, 0, filled);
        if (2 * frameCount == frames.length) {
            frames = Arrays.copyOf(frames, 2 * frames.length);
        }
        frames[2 * frameCount] = length;
        frames[2 * frameCount + 1] = filled;
        frameCount++;
        out.write(frame, 0, length);
        filled = 0;
    }

    @Override
    public int[] frames() {
        return Arrays.copyOf(frames, 2 * frameCount);
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
