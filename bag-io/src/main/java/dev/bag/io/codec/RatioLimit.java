package dev.bag.io.codec;

import static dev.bag.io.codec.Numbers.grouped;

import java.io.IOException;

/** Stops a file out of which come far more bytes than it has: a decompression bomb. */
class RatioLimit implements ByteInput {

    /** Below it any ratio is let pass: it fits in memory, and short runs of zeros compress well. */
    private static final long UNCHECKED_BYTES = 64L << 20;

    private final ByteInput decompressed;
    private final FileBytes file;
    private final long ratio;

    /** Where in the file reading begins. */
    private final long begin;

    private long byteCount;

    RatioLimit(ByteInput decompressed, FileBytes file, Limits limits) {
        this(decompressed, file, 0, limits);
    }

    private RatioLimit(ByteInput decompressed, FileBytes file, long begin, Limits limits) {
        this.decompressed = decompressed;
        this.file = file;
        this.begin = begin;
        this.ratio = limits.ratio();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = decompressed.read(into, from, length);
        byteCount += Math.max(0, count);
        long read = file.position() - begin;
        if (byteCount > UNCHECKED_BYTES && byteCount / ratio > read) {
            throw file.file()
                    .broken(
                            "more than " + grouped(byteCount) + " bytes came out of " + grouped(read)
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

    /** The same for a piece of a file. */
    static final class OfPiece extends RatioLimit implements UnitInput {

        private final UnitInput units;

        OfPiece(UnitInput units, FileBytes file, long begin, Limits limits) {
            super(units, file, begin, limits);
            this.units = units;
        }

        @Override
        public boolean isBehindPiece() {
            return units.isBehindPiece();
        }
    }
}
