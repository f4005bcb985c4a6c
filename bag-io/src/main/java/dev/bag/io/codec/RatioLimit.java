package dev.bag.io.codec;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.source.SourceException;
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

    /** How many bytes were handed out. */
    private long byteCount;

    private boolean exceeded;

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
        if (exceeded) {
            throw bomb();
        }
        int count = decompressed.read(into, from, length);
        long allowed = allowed() - byteCount;
        byteCount += Math.max(0, count);
        if (count <= allowed) {
            return count;
        }
        exceeded = true;
        byteCount -= count - allowed;
        if (allowed == 0) {
            throw bomb();
        }
        return (int) allowed;
    }

    /** How many bytes may have come out of what has been read. Of those that are too many, the ones before are handed out. */
    private long allowed() {
        long read = file.position() - begin;
        long times = read >= Long.MAX_VALUE / ratio - 1 ? Long.MAX_VALUE : (read + 1) * ratio - 1;
        return Math.max(UNCHECKED_BYTES, times);
    }

    private SourceException bomb() {
        return file.file()
                .broken(
                        "more than " + grouped(byteCount) + " bytes came out of " + grouped(file.position() - begin)
                                + ", which is more than " + grouped(ratio)
                                + " times as many: this may be a decompression bomb.\n"
                                + "  To read it anyway, raise the limit with maxRatio(...).",
                        null);
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
