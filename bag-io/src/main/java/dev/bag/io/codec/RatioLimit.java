package dev.bag.io.codec;

import static dev.bag.io.codec.Numbers.grouped;

import java.io.IOException;

/** Stops a file out of which come far more bytes than it has: a decompression bomb. */
final class RatioLimit implements ByteInput {

    /** Below it any ratio is let pass: it fits in memory, and short runs of zeros compress well. */
    private static final long UNCHECKED_BYTES = 64L << 20;

    private final ByteInput decompressed;
    private final FileBytes file;
    private final long ratio;
    private long byteCount;

    RatioLimit(ByteInput decompressed, FileBytes file, Limits limits) {
        this.decompressed = decompressed;
        this.file = file;
        this.ratio = limits.ratio();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = decompressed.read(into, from, length);
        byteCount += Math.max(0, count);
        if (byteCount > UNCHECKED_BYTES && byteCount / ratio > file.position()) {
            throw file.file()
                    .broken(
                            "more than " + grouped(byteCount) + " bytes came out of " + grouped(file.position())
                                    + ", which is more than " + grouped(ratio)
                                    + " times as many: this may be a decompression bomb.\n"
                                    + "  To read it anyway, raise the limit with maxRatio(...).",
                            null);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        decompressed.close();
    }
}
