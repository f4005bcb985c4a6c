package dev.bag.io.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/** What a library compresses, as one stream; none if there are no bytes. */
final class StreamCompressor implements Compressor {

    private final ByteOutput out;
    private final int level;
    private final Library library;
    private @Nullable OutputStream stream;
    private boolean isGivenUp;

    StreamCompressor(ByteOutput out, int level, Library library) {
        this.out = out;
        this.level = level;
        this.library = library;
    }

    /** Opens the stream of a library. */
    @FunctionalInterface
    interface Library {
        OutputStream open(OutputStream out, int level) throws IOException;
    }

    /** Julian Seward's bzip2. A class by itself, as the one below, so that a library is loaded only for its files. */
    static final class Bzip2 {

        private Bzip2() {}

        static OutputStream open(OutputStream out, int level) throws IOException {
            return new BZip2CompressorOutputStream(out, level);
        }
    }

    /** Xz, in blocks that can be decompressed by themselves, as large as those that xz makes for several threads. */
    static final class Xz {

        private static final int MOST_DATA = 24 << 20;

        private Xz() {}

        static OutputStream open(OutputStream out, int level) throws IOException {
            XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(level), XZ.CHECK_CRC64);
            return new OutputStream() {
                private int inBlock;

                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    int at = from;
                    int end = from + length;
                    while (at < end) {
                        int count = Math.min(end - at, MOST_DATA - inBlock);
                        xz.write(bytes, at, count);
                        at += count;
                        inBlock += count;
                        if (inBlock == MOST_DATA) {
                            xz.endBlock();
                            inBlock = 0;
                        }
                    }
                }

                @Override
                public void close() throws IOException {
                    xz.close();
                }
            };
        }
    }

    private OutputStream opened() throws IOException {
        OutputStream open = stream;
        if (open == null) {
            open = library.open(new ToOutput(this::pass), level);
            stream = open;
        }
        return open;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (length > 0) {
            opened().write(bytes, from, length);
        }
    }

    @Override
    public void finish() throws IOException {
        OutputStream open = stream;
        if (open != null) {
            stream = null;
            open.close();
        }
    }

    private void pass(byte[] bytes, int from, int length) throws IOException {
        if (!isGivenUp) {
            out.write(bytes, from, length);
        }
    }

    /** One that has not been finished is ended all the same, because a stream of bzip2 complains if it is not. */
    @Override
    public void close() {
        isGivenUp = true;
        try {
            finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it writes nowhere
        }
    }

    /** Writes a stream without data. */
    void writeEmpty() throws IOException {
        opened();
        finish();
    }

    /** An output as the stream that libraries write to. Some of them write byte by byte, and close it. */
    private static final class ToOutput extends OutputStream {

        private static final int BUFFER_LENGTH = 64 << 10;

        private final ByteOutput out;
        private final byte[] buffer = new byte[BUFFER_LENGTH];
        private int filled;

        ToOutput(ByteOutput out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            if (filled == BUFFER_LENGTH) {
                pass();
            }
            buffer[filled++] = (byte) b;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > BUFFER_LENGTH - filled) {
                pass();
                if (length >= BUFFER_LENGTH) {
                    out.write(bytes, from, length);
                    return;
                }
            }
            System.arraycopy(bytes, from, buffer, filled, length);
            filled += length;
        }

        private void pass() throws IOException {
            out.write(buffer, 0, filled);
            filled = 0;
        }

        @Override
        public void close() throws IOException {
            pass();
        }
    }
}
