package dev.bag.io.parts;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.archive.ArchiveFormats;
import dev.bag.io.archive.ArchiveReader;
import dev.bag.io.archive.EntryFailures;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.Limits;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.format.ChunkReader;
import dev.bag.io.split.FileListing;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an archive, or of a slice of one, each of which is read as a file is.
 *
 * @param <C> chunks of records
 */
public final class EntriesInTurn<C extends Chunk<?>> implements ChunkReader<C> {

    /** Below it any ratio is let pass, as in single files. */
    private static final long UNCHECKED_BYTES = 64L << 20;

    private final InputFile archive;
    private final Limits limits;
    private final Opener<C> opener;
    private final ArchiveReader entries;

    private @Nullable ChunkReader<C> opened;

    /** Of the entry that is read, or was read last. */
    private @Nullable String name;

    private long byteCount;
    private long bytesPassedOver;

    /** Opens an entry. */
    @FunctionalInterface
    public interface Opener<C extends Chunk<?>> {

        /**
         * Returns what is in it; null if that is nothing.
         *
         * @param size how many bytes it has, as the archive says; -1 if it does not
         */
        @Nullable ChunkReader<C> open(FileBytes entry, long size) throws IOException;
    }

    private EntriesInTurn(InputFile archive, Limits limits, Opener<C> opener, ArchiveReader entries) {
        this.archive = archive;
        this.limits = limits;
        this.opener = opener;
        this.entries = entries;
    }

    /**
     * Opens an archive; null if it is empty, and that is permitted.
     *
     * @param decompression of the entries, whose limits are those of the archive, too
     */
    public static <C extends Chunk<?>> @Nullable EntriesInTurn<C> open(
            FileSlice slice, Decompression decompression, Opener<C> opener) throws IOException {
        InputFile archive = slice.file();
        Limits limits = decompression.limits();
        if (archive.byteCount() == 0 && limits.emptyFiles()) {
            return null;
        }
        Decompression ofArchive = decompression.detecting();
        try {
            return new EntriesInTurn<>(archive, limits, opener, ArchiveFormats.open(slice, limits, ofArchive::open));
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
            throw failure(archive, null, e);
        }
    }

    /** Returns the exception to be thrown for one that was caught: of a library, it becomes one that names the place. */
    public static IOException failure(InputFile archive, @Nullable String entry, Throwable e) {
        if (e instanceof SourceException
                || e instanceof ClosedChannelException
                || e instanceof InterruptedIOException) {
            return (IOException) e;
        }
        String detail = e.getMessage() == null ? e.toString() : e.getMessage();
        String complaint = e instanceof LinkageError
                ? "a library that it needs is not on the class path: " + e.getMessage()
                : "the archive is corrupt or cut: " + detail;
        return entry == null ? archive.broken(complaint, e) : EntryFailures.of(archive, entry, complaint, e);
    }

    @Override
    public @Nullable C nextChunk() throws IOException {
        while (opened != null || openNext()) {
            ChunkReader<C> open = opened;
            C chunk = open == null ? null : open.nextChunk();
            if (chunk != null) {
                return chunk;
            }
            closeEntry();
        }
        return null;
    }

    private boolean openNext() throws IOException {
        ArchiveReader.Entry entry;
        InputStream content;
        try {
            entry = entries.next();
            if (entry == null) {
                return false;
            }
            name = entry.name();
            refuseArchive(entry.name());
            content = entries.content();
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
            throw failure(archive, name, e);
        }
        FileBytes bytes = new FileBytes(archive.entry(entry.name()), new EntryChannel(entry.name(), content));
        opened = opener.open(bytes, entry.size());
        return true;
    }

    private void refuseArchive(String entry) throws SourceException {
        if (FileListing.isArchive(entry)) {
            throw EntryFailures.of(
                    archive,
                    entry,
                    "this is an archive in an archive, which is not opened.\n"
                            + "  Leave it out with a pattern such as " + archive.name()
                            + "!/**.txt, or read its bytes with Archives.read(...).",
                    null);
        }
    }

    private void closeEntry() throws IOException {
        ChunkReader<C> closed = opened;
        opened = null;
        if (closed != null) {
            bytesPassedOver += closed.bytesPassedOver();
            closed.close();
        }
    }

    /** Not known: an entry may be anywhere in the archive. */
    @Override
    public long position() {
        return 0;
    }

    @Override
    public long bytesPassedOver() {
        return bytesPassedOver;
    }

    @Override
    public void close() throws IOException {
        try (entries) {
            closeEntry();
        }
    }

    private void count(String entry, int bytes) throws SourceException {
        byteCount += bytes;
        if (byteCount > UNCHECKED_BYTES && byteCount / limits.ratio() > archive.byteCount()) {
            throw EntryFailures.of(
                    archive,
                    entry,
                    "more than " + grouped(byteCount) + " bytes came out of " + grouped(archive.byteCount())
                            + ", which is more than " + grouped(limits.ratio())
                            + " times as many: this may be a decompression bomb.\n"
                            + "  To read it anyway, raise the limit with maxRatio(...).",
                    null);
        }
    }

    /** The bytes of an entry, from its beginning on. It is closed with the archive. */
    private final class EntryChannel implements FileBytes.ReadOnlyChannel {

        private final String entry;
        private final InputStream content;
        private long position;

        EntryChannel(String entry, InputStream content) {
            this.entry = entry;
            this.content = content;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            try {
                int at = into.arrayOffset() + into.position();
                int read = content.read(into.array(), at, into.remaining());
                if (read > 0) {
                    into.position(into.position() + read);
                    position += read;
                    count(entry, read);
                }
                return read;
            } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
                throw failure(archive, entry, e);
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            throw new UnsupportedOperationException("an entry is read from its beginning on");
        }

        @Override
        public long size() {
            throw new UnsupportedOperationException("an entry is read from its beginning on");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // the reader of the archive goes on
        }
    }
}
