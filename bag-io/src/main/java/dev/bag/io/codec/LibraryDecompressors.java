package dev.bag.io.codec;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.bag.io.file.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tukaani.xz.MemoryLimitException;

/** The formats that libraries decompress. Each is a class, so that a library is loaded only for its files. */
public final class LibraryDecompressors {

    private LibraryDecompressors() {}

    /** Xz or lzma, whose files say how much memory their decoder takes: up to 4 GiB. */
    public static final class XzDecompressor implements Decompressor {

        private final String format;
        private final Opener opener;

        /** Makes the stream of a format. */
        @FunctionalInterface
        public interface Opener {

            InputStream open(CompressedStream compressed, Limits limits) throws IOException;
        }

        public XzDecompressor(String format, Opener opener) {
            this.format = format;
            this.opener = opener;
        }

        @Override
        public InputStream open(CompressedStream compressed, Limits limits) throws IOException {
            return opener.open(compressed, limits);
        }

        @Override
        public Optional<String> memoryDemand(Throwable failure, Limits limits) {
            if (!(failure instanceof MemoryLimitException demand)) {
                return Optional.empty();
            }
            String needed = Numbers.grouped((demand.getMemoryNeeded() >> 10) + 1);
            return Optional.of("the " + format + " decoder would need " + needed + " MiB of memory, more than "
                    + Limits.memoryHint(limits.heapBytes()));
        }
    }

    /**
     * Zstandard, whose frames say how large a window their decoder keeps. Half of the memory limit is for the window.
     */
    public static final class ZstdDecompressor implements Decompressor {

        private static final int LARGEST_WINDOW_LOG = 31;

        private final boolean isFirst;
        private final PieceEnd end;

        /** Frames of a whole file. */
        public ZstdDecompressor() {
            this(true, PieceEnd.none());
        }

        /**
         * Frames of a piece of a file, and those behind it.
         *
         * @param isFirst whether the piece is the first one
         */
        public ZstdDecompressor(boolean isFirst, PieceEnd end) {
            this.isFirst = isFirst;
            this.end = end;
        }

        @Override
        public InputStream open(CompressedStream compressed, Limits limits) throws IOException {
            return new ZstdPiece(compressed, limits, isFirst, end);
        }

        private static InputStream open(ZstdFrames frames, Limits limits) throws IOException {
            return new ZstdInputStreamNoFinalizer(frames, RecyclingBufferPool.INSTANCE).setLongMax(windowLog(limits));
        }

        private static int windowLog(Limits limits) {
            return Math.min(LARGEST_WINDOW_LOG, 63 - Long.numberOfLeadingZeros(limits.nativeBytes() >> 1));
        }

        @Override
        public Optional<String> memoryDemand(Throwable failure, Limits limits) {
            boolean windowTooLarge =
                    failure instanceof ZstdIOException e && e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge();
            return windowTooLarge
                    ? Optional.of("the zstd decoder would need a window of more than half of "
                            + Limits.memoryHint(limits.nativeBytes()))
                    : Optional.empty();
        }

        /** The frames of a piece, and then those behind it, each with a stream of the library. */
        private static final class ZstdPiece extends DecodedStream {

            private final CompressedStream compressed;
            private final Limits limits;
            private final PieceEnd end;
            private ZstdFrames frames;
            private InputStream stream;

            /** How many bytes have come out of the frames. */
            private long byteCount;

            ZstdPiece(CompressedStream compressed, Limits limits, boolean isFirst, PieceEnd end) throws IOException {
                this.compressed = compressed;
                this.limits = limits;
                this.end = end;
                this.frames = new ZstdFrames(compressed, limits, !isFirst, end);
                this.stream = ZstdDecompressor.open(frames, limits);
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int count = readFrames(into, from, length);
                if (count < 0 && !end.isBehind()) {
                    end.reach(compressed.position());
                    if (end.isBehind()) {
                        stream.close();
                        boolean anyFrame = true;
                        frames = new ZstdFrames(compressed, limits, anyFrame, end);
                        stream = ZstdDecompressor.open(frames, limits);
                        byteCount = 0;
                        count = readFrames(into, from, length);
                    }
                }
                return count;
            }

            private int readFrames(byte[] into, int from, int length) throws IOException {
                int count = stream.read(into, from, end.most(length));
                byteCount += Math.max(0, count);
                if (count < 0) {
                    frames.checkLength(byteCount);
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        }
    }
}
