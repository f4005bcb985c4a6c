package dev.bag.io.codec;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.tukaani.xz.MemoryLimitException;

/** The formats that libraries decompress. Each is a class, so that a library is loaded only for its files. */
final class LibraryDecompressors {

    private LibraryDecompressors() {}

    /** Xz or lzma, whose files say how much memory their decoder takes: up to 4 GiB. */
    static final class XzDecompressor implements Decompressor {

        private final String format;
        private final Opener opener;

        /** Makes the stream of a format. */
        @FunctionalInterface
        interface Opener {

            InputStream open(CompressedStream compressed, Limits limits);
        }

        XzDecompressor(String format, Opener opener) {
            this.format = format;
            this.opener = opener;
        }

        @Override
        public InputStream open(CompressedStream compressed, Limits limits) {
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
    static final class ZstdDecompressor implements Decompressor {

        private static final int LARGEST_WINDOW_LOG = 31;

        @Override
        public InputStream open(CompressedStream compressed, Limits limits) throws IOException {
            return new Counted(new ZstdFrames(compressed, limits), limits);
        }

        /** What comes out of the frames, as many bytes as they say. */
        private static final class Counted extends DecodedStream {

            private final ZstdFrames frames;
            private final InputStream decompressed;
            private long byteCount;

            Counted(ZstdFrames frames, Limits limits) throws IOException {
                this.frames = frames;
                this.decompressed = new ZstdInputStreamNoFinalizer(frames, RecyclingBufferPool.INSTANCE)
                        .setLongMax(windowLog(limits));
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int count = decompressed.read(into, from, length);
                byteCount += Math.max(0, count);
                if (count < 0) {
                    frames.checkLength(byteCount);
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                decompressed.close();
            }
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
    }
}
