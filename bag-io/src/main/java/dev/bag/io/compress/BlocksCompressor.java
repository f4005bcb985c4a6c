package dev.bag.io.compress;

import java.io.IOException;
import java.util.Arrays;

/** Compresses a piece in blocks: gathers as much data as a block has. */
final class BlocksCompressor implements Compressor {

    private final ByteOutput out;
    private final BlockCompressor blocks;
    private final byte[] data;
    private int filled;
    private int[] frames = new int[2];
    private int frameCount;

    BlocksCompressor(ByteOutput out, BlockCompressor blocks) {
        this.out = out;
        this.blocks = blocks;
        this.data = new byte[blocks.mostData()];
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (filled == 0 && end - at >= data.length) {
                writeBlock(bytes, at, data.length);
                at += data.length;
                continue;
            }
            int count = Math.min(end - at, data.length - filled);
            System.arraycopy(bytes, at, data, filled, count);
            filled += count;
            at += count;
            if (filled == data.length) {
                finish();
            }
        }
    }

    @Override
    public void finish() throws IOException {
        if (filled > 0) {
            writeBlock(data, 0, filled);
            filled = 0;
        }
    }

    private void writeBlock(byte[] bytes, int from, int count) throws IOException {
        int length = blocks.compress(bytes, from, count, out);
        if (!blocks.isListed()) {
            return;
        }
        if (2 * frameCount == frames.length) {
            frames = Arrays.copyOf(frames, 2 * frames.length);
        }
        frames[2 * frameCount] = length;
        frames[2 * frameCount + 1] = count;
        frameCount++;
    }

    @Override
    public int[] frames() {
        return Arrays.copyOf(frames, 2 * frameCount);
    }

    @Override
    public void close() {
        blocks.close();
    }
}
