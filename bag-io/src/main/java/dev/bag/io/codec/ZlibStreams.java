package dev.bag.io.codec;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Zlib streams as in RFC 1950, one after the other. The inflater checks the checksum of each. */
final class ZlibStreams extends DecodedStream {

    private static final int DEFLATE = 8;
    private static final int LARGEST_WINDOW = 7;
    private static final int DICTIONARY_FLAG = 0x20;

    private final CompressedStream compressed;
    private final Limits limits;
    private final Inflater inflater = new Inflater();
    private final byte[] input = new byte[16 << 10];
    private boolean insideStream;
    private boolean anyStream;
    private boolean ended;

    ZlibStreams(CompressedStream compressed, Limits limits) {
        this.compressed = compressed;
        this.limits = limits;
    }

    /** The method, a window, and a remainder of zero. */
    private static boolean beginsAt(byte[] bytes, int index, int end) {
        if (end - index < 2) {
            return false;
        }
        int method = bytes[index] & 0xff;
        int flags = bytes[index + 1] & 0xff;
        return (method & 0xf) == DEFLATE && method >> 4 <= LARGEST_WINDOW && (method << 8 | flags) % 31 == 0;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (!ended) {
            if (!insideStream) {
                ended = !beginStream();
                continue;
            }
            int count = inflate(into, from, length);
            if (count > 0) {
                return count;
            }
            insideStream = false;
        }
        return -1;
    }

    private boolean beginStream() throws IOException {
        if (!compressed.isAt(ZlibStreams::beginsAt)) {
            if (!anyStream && compressed.peekable(2) == 1) {
                throw compressed.cut();
            }
            return TrailingBytes.none(compressed, limits, "zlib", "stream", anyStream, (bytes, index, end) -> false);
        }
        if ((compressed.peek(1) & DICTIONARY_FLAG) != 0) {
            throw new IOException("the stream needs a dictionary, which is not in the file");
        }
        inflater.reset();
        insideStream = true;
        anyStream = true;
        return true;
    }

    /** Returns 0 at the end of a stream. */
    private int inflate(byte[] into, int from, int length) throws IOException {
        try {
            while (!inflater.finished()) {
                int count = inflater.inflate(into, from, length);
                if (count > 0) {
                    return count;
                }
                if (inflater.needsInput() && !inflater.finished()) {
                    feed();
                }
            }
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage() == null ? "the blocks cannot be decoded" : e.getMessage(), e);
        }
        compressed.unread(inflater.getRemaining());
        return 0;
    }

    private void feed() throws IOException {
        int count = compressed.read(input, 0, input.length);
        if (count < 0) {
            throw compressed.cut();
        }
        inflater.setInput(input, 0, count);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
