package dev.bag.io.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.SingleXZInputStream;

/**
 * Xz streams as in the xz file format 1.2, one after the other, with stream padding: zeros, by the four. What one file is
 * done with serves the next.
 */
public final class XzStreams extends DecodedStream {

    private final CompressedStream compressed;
    private final Limits limits;
    private @Nullable SingleXZInputStream stream;
    private boolean anyStream;
    private boolean ended;

    public XzStreams(CompressedStream compressed, Limits limits) {
        this.compressed = compressed;
        this.limits = limits;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (!ended) {
            SingleXZInputStream open = stream;
            if (open == null) {
                ended = !openNext();
                continue;
            }
            int count = open.read(into, from, length);
            if (count >= 0) {
                return count;
            }
            close();
        }
        return -1;
    }

    private boolean openNext() throws IOException {
        if (anyStream) {
            dropPadding();
        }
        if (!compressed.isAt(Signatures::xzOrPartOfIt)) {
            return TrailingBytes.none(compressed, limits, "xz", "stream", anyStream, Signatures::xz);
        }
        int mostKibibytes = (int) Math.min(Integer.MAX_VALUE, limits.heapBytes() >> 10);
        stream = new SingleXZInputStream(compressed, mostKibibytes, BasicArrayCache.getInstance());
        anyStream = true;
        return true;
    }

    private void dropPadding() throws IOException {
        while (compressed.peekable(4) == 4 && compressed.peekLittleEndian(0, 4) == 0) {
            compressed.drop(4);
        }
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close(false);
            stream = null;
        }
    }
}
