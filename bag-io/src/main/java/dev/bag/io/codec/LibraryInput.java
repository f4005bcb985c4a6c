package dev.bag.io.codec;

import dev.bag.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a library decompresses. Whatever it throws becomes an error that names the file and the place. */
final class LibraryInput implements ByteInput {

    private final FileBytes file;
    private final FileStream compressed;
    private final String format;
    private final String artifact;
    private final Supplier<? extends Decompressor> load;
    private final Limits limits;

    /** Both are there from the first read on, because loading and opening may fail, and opening reads already. */
    private @Nullable Decompressor decompressor;

    private @Nullable InputStream decompressed;

    /**
     * An input that is opened when it is first read.
     *
     * @param format as in {@code xz}
     * @param artifact what must be on the class path for it, as in {@code org.tukaani:xz}
     * @param load makes the decompressor, which loads the library; that may be missing
     */
    LibraryInput(FileBytes file, String format, String artifact, Supplier<? extends Decompressor> load, Limits limits) {
        this.file = file;
        this.compressed = new FileStream(file);
        this.format = format;
        this.artifact = artifact;
        this.load = load;
        this.limits = limits;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        try {
            int count = opened().read(into, from, length);
            while (count == 0) {
                count = opened().read(into, from, length);
            }
            return count;
        } catch (SourceException | ClosedChannelException | InterruptedIOException e) {
            throw e;
        } catch (LinkageError e) {
            throw unusable(e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw corrupt(e);
        }
    }

    private InputStream opened() throws IOException {
        InputStream open = decompressed;
        if (open == null) {
            Decompressor loaded = load.get();
            decompressor = loaded;
            open = loaded.open(compressed, limits);
            decompressed = open;
        }
        return open;
    }

    private SourceException unusable(LinkageError e) {
        String needs = format + " needs " + artifact + " on the class path";
        return file.file()
                .broken(
                        e.getCause() instanceof ClassNotFoundException
                                ? needs + ". Add it, or recompress the file."
                                : needs + ", which cannot be used on this platform: " + e,
                        e);
    }

    private SourceException corrupt(Throwable e) {
        Optional<String> demand = decompressor == null ? Optional.empty() : decompressor.memoryDemand(e, limits);
        if (demand.isPresent()) {
            return file.file().broken(demand.get(), e);
        }
        return compressed.endSeen()
                ? Corruption.cut(file.file(), format, "too early", e)
                : Corruption.near(file.file(), compressed.position(), format, describe(e), e);
    }

    private static @Nullable String describe(Throwable e) {
        return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    @Override
    public void close() throws IOException {
        if (decompressed != null) {
            decompressed.close();
        }
    }

    /** A file as the stream that libraries read from, buffered because some of them read byte by byte. */
    private static final class FileStream extends InputStream {

        private static final int BUFFER_LENGTH = 64 << 10;

        private final FileBytes file;
        private final byte[] buffer;
        private int next;
        private int end;
        private boolean endSeen;

        FileStream(FileBytes file) {
            this.file = file;
            this.buffer = new byte
                    [(int) Math.min(BUFFER_LENGTH, Math.max(1, file.file().byteCount()))];
        }

        /** Returns whether the library asked for more than there is. */
        boolean endSeen() {
            return endSeen;
        }

        /** Returns where in the file the next byte stands that the library asks for. */
        long position() {
            return file.position() - (end - next);
        }

        @Override
        public int read() throws IOException {
            return hasNext() ? buffer[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!hasNext()) {
                return -1;
            }
            int count = Math.min(length, end - next);
            System.arraycopy(buffer, next, into, from, count);
            next += count;
            return count;
        }

        private boolean hasNext() throws IOException {
            if (next == end) {
                next = 0;
                end = Math.max(0, file.read(buffer, 0, buffer.length));
            }
            endSeen |= next == end;
            return next < end;
        }
    }
}
