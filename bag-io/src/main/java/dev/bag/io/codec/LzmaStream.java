package dev.bag.io.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.LZMAInputStream;

/**
 * The older format of the lzma program, {@code .lzma}: a header of 13 bytes without a signature, and one stream without a
 * checksum.
 */
final class LzmaStream extends DecodedStream {

    private static final int HEADER_LENGTH = 13;

    /** The properties are the digits of a number: lc of base 9, lp and pb of base 5. */
    private static final int MOST_PROPERTIES = 9 * 5 * 5 - 1;

    private static final long NO_SIZE = -1;

    /** No program writes a larger one, and text that is taken for a size is one. */
    private static final long LARGEST_SIZE = 1L << 38;

    private final CompressedStream compressed;
    private final Limits limits;
    private @Nullable LZMAInputStream stream;
    private boolean ended;

    LzmaStream(CompressedStream compressed, Limits limits) {
        this.compressed = compressed;
        this.limits = limits;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int count = opened().read(into, from, length);
        if (count < 0) {
            ended = true;
            TrailingBytes.none(compressed, limits, "lzma", "stream", true, (bytes, index, end) -> false);
        }
        return count;
    }

    private LZMAInputStream opened() throws IOException {
        LZMAInputStream open = stream;
        if (open == null) {
            compressed.require(HEADER_LENGTH);
            if (!isHeader()) {
                throw Corruption.otherFormat(compressed.file(), "lzma");
            }
            int mostKibibytes = (int) Math.min(Integer.MAX_VALUE, limits.heapBytes() >> 10);
            open = new LZMAInputStream(compressed, mostKibibytes, BasicArrayCache.getInstance());
            stream = open;
        }
        return open;
    }

    // +------------+-----------------+---------------------------+
    // | properties | dictionary size | decompressed size, or -1  |    Every encoder writes 2^n or 2^n + 2^(n-1) for a
    // +------------+-----------------+---------------------------+    dictionary: so does xz tell the format.
    private boolean isHeader() {
        long dictionary = compressed.peekLittleEndian(1, 4);
        long size = compressed.peekLittleEndian(5, 8);
        long withoutLowest = dictionary & dictionary - 1;
        boolean round = withoutLowest == 0 || withoutLowest == (dictionary ^ withoutLowest) << 1;
        return compressed.peek(0) <= MOST_PROPERTIES
                && (round || dictionary == 0xffff_ffffL)
                && (size == NO_SIZE || size >= 0 && size < LARGEST_SIZE);
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }
}
