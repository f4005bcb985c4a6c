package dev.bag.io;

import static dev.bag.io.codec.Numbers.grouped;

import dev.bag.io.archive.ArchiveFormats;
import dev.bag.io.archive.ArchiveReader;
import dev.bag.io.archive.EntryFailures;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.InputFile;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The archives of one partition, and each entry of them as a record.
 *
 * @param slices whole archives, in order
 * @param mostBytes the most bytes of an entry, decompressed
 */
record ArchivePart(List<FileSlice> slices, Decompression decompression, int mostBytes) implements Part<ArchiveEntry> {

    private static final int BUFFER_LENGTH = 64 << 10;

    @Override
    public Chunks<ArchiveEntry> open() {
        return new Entries(slices.iterator());
    }

    /** Returns the number of bytes in the archives, as they are stored. Empty if one is not known. */
    @Override
    public OptionalLong byteCount() {
        return FileSlice.byteCount(slices);
    }

    @Override
    public Optional<String> note() {
        return slices.size() == 1 ? Optional.of("an archive is read by one thread") : Optional.empty();
    }

    /** All entries of all archives are one chunk; each is read when it is asked for. */
    private final class Entries implements Chunks<ArchiveEntry>, Chunk<ArchiveEntry> {

        private final Iterator<FileSlice> archives;
        private boolean handedOut;
        /** The archive that is being read, or was read last. */
        private @Nullable InputFile file;

        private @Nullable ArchiveReader open;
        private @Nullable String entryName;

        /** For entries that fit: most archives have many small ones. */
        private final byte[] buffer = new byte[Math.min(mostBytes, BUFFER_LENGTH)];

        Entries(Iterator<FileSlice> archives) {
            this.archives = archives;
        }

        @Override
        public @Nullable Chunk<ArchiveEntry> nextChunk() {
            boolean first = !handedOut;
            handedOut = true;
            return first ? this : null;
        }

        @Override
        public @Nullable ArchiveEntry next() throws IOException {
            while (open != null || archives.hasNext()) {
                InputFile archive = open == null ? archives.next().file() : current();
                file = archive;
                try {
                    ArchiveEntry entry = nextOf(archive);
                    if (entry != null) {
                        return entry;
                    }
                } catch (SourceException | ClosedChannelException | InterruptedIOException e) {
                    throw e;
                } catch (IOException | RuntimeException | StackOverflowError e) {
                    throw corrupt(archive, e);
                } catch (LinkageError e) {
                    throw failure(archive, "a library that it needs is not on the class path: " + e.getMessage(), e);
                }
                close();
            }
            return null;
        }

        private InputFile current() {
            InputFile archive = file;
            if (archive == null) {
                throw new IllegalStateException("no archive is open");
            }
            return archive;
        }

        private @Nullable ArchiveEntry nextOf(InputFile archive) throws IOException {
            ArchiveReader reader = open;
            if (reader == null) {
                if (archive.byteCount() == 0 && decompression.limits().emptyFiles()) {
                    return null;
                }
                entryName = null;
                reader = ArchiveFormats.open(
                        archive, decompression.limits(), bytes -> InstalledCodecs.open(bytes, decompression));
                open = reader;
            }
            ArchiveReader.Entry entry = reader.next();
            if (entry == null) {
                return null;
            }
            entryName = entry.name();
            byte[] bytes = read(archive, entry, reader, buffer);
            return new ArchiveEntry(archive.name(), entry.name(), entry.modified(), bytes);
        }

        private SourceException corrupt(InputFile archive, Throwable e) {
            String detail = e.getMessage() == null ? e.toString() : e.getMessage();
            return failure(archive, "the archive is corrupt or cut: " + detail, e);
        }

        private SourceException failure(InputFile archive, String complaint, Throwable e) {
            String entry = entryName;
            return entry == null ? archive.broken(complaint, e) : EntryFailures.of(archive, entry, complaint, e);
        }

        @Override
        public Optional<Location> location() {
            String entry = entryName;
            return entry == null
                    ? Optional.of(Location.of(current().name()))
                    : Optional.of(EntryFailures.location(current(), entry));
        }

        @Override
        public void close() throws IOException {
            ArchiveReader closed = open;
            open = null;
            if (closed != null) {
                closed.close();
            }
        }
    }

    private byte[] read(InputFile archive, ArchiveReader.Entry entry, ArchiveReader reader, byte[] buffer)
            throws IOException {
        if (entry.size() > mostBytes) {
            throw tooLarge(archive, entry, "it has " + grouped(entry.size()) + " bytes, more than the limit of ");
        }
        // Not closed: that is for the reader to do, which may go on in the same stream.
        InputStream content = reader.content();
        byte[] bytes = allOf(content, buffer);
        if (bytes.length == mostBytes && content.read() >= 0) {
            throw tooLarge(archive, entry, "more bytes come out of it than the limit of ");
        }
        if (entry.size() >= 0 && bytes.length != entry.size()) {
            throw EntryFailures.of(
                    archive,
                    entry.name(),
                    "it has " + grouped(bytes.length) + " bytes, but the archive says " + grouped(entry.size())
                            + ".\n  The archive is corrupt or cut.",
                    null);
        }
        check(archive, entry, bytes);
        return bytes;
    }

    /** Returns the bytes of a stream; no more than the limit. */
    private byte[] allOf(InputStream content, byte[] buffer) throws IOException {
        int filled = content.readNBytes(buffer, 0, buffer.length);
        if (filled < buffer.length || filled == mostBytes) {
            return Arrays.copyOf(buffer, filled);
        }
        byte[] rest = content.readNBytes(mostBytes - filled);
        byte[] all = Arrays.copyOf(buffer, filled + rest.length);
        System.arraycopy(rest, 0, all, filled, rest.length);
        return all;
    }

    private static void check(InputFile archive, ArchiveReader.Entry entry, byte[] bytes) throws SourceException {
        if (entry.checksum() < 0) {
            return;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (crc.getValue() != entry.checksum()) {
            throw EntryFailures.of(
                    archive,
                    entry.name(),
                    "its checksum is " + Long.toHexString(crc.getValue()) + ", but the archive says "
                            + Long.toHexString(entry.checksum()) + " (hexadecimal).\n  The archive is corrupt.",
                    null);
        }
    }

    private SourceException tooLarge(InputFile archive, ArchiveReader.Entry entry, String complaint) {
        return EntryFailures.of(
                archive,
                entry.name(),
                complaint + grouped(mostBytes) + ".\n"
                        + "  An entry is held in memory. To read it anyway, raise the limit with maxEntrySize(...).",
                null);
    }

    /** Makes parts of archives. */
    record Maker(Decompression decompression, int mostBytes) implements PartList.Maker<ArchivePart> {

        @Override
        public ArchivePart part(List<FileSlice> slices) {
            return new ArchivePart(slices, decompression, mostBytes);
        }
    }
}
