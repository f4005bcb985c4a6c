package dev.bag.io;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.archive.ArchiveFormats;
import dev.bag.io.archive.ArchiveReader;
import dev.bag.io.archive.EntryFailures;
import dev.bag.io.codec.Decompression;
import dev.bag.io.codec.Limits.AfterFailure;
import dev.bag.io.file.InputFile;
import dev.bag.io.parts.EntriesInTurn;
import dev.bag.io.parts.FileLosses;
import dev.bag.io.parts.PartList;
import dev.bag.io.split.FileListing;
import dev.bag.io.split.FileSlice;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.FileLoss;
import dev.bag.source.Part;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The archives of one partition, and each entry of them as a record.
 *
 * @param slices in order; more than one only if they are whole archives
 * @param mostBytes the most bytes of an entry, decompressed
 */
record ArchivePart(List<FileSlice> slices, Decompression decompression, int mostBytes) implements Part<ArchiveEntry> {

    private static final int SMALL = 1 << 20;

    @Override
    public Chunks<ArchiveEntry> open() {
        return new Entries(slices.iterator(), decompression.limits().afterFailure());
    }

    /** Returns the number of bytes in the archives, as they are stored. Empty if one is not known. */
    @Override
    public OptionalLong byteCount() {
        return FileSlice.byteCount(slices);
    }

    @Override
    public Optional<String> note() {
        return slices.size() == 1
                        && !FileListing.isArchiveToBeCut(slices.get(0).file().tellingName())
                ? Optional.of("an archive of this format is read by one thread")
                : Optional.empty();
    }

    /** All entries of all archives are one chunk; each is read when it is asked for. */
    private final class Entries implements Chunks<ArchiveEntry>, Chunk<ArchiveEntry> {

        private final Iterator<FileSlice> archives;
        private boolean handedOut;
        /** The archive that is being read, or was read last. */
        private @Nullable FileSlice slice;

        private @Nullable ArchiveReader open;
        private @Nullable String entryName;
        private final FileLosses losses;
        /** Whether an entry of the archive was handed out. */
        private boolean begun;

        Entries(Iterator<FileSlice> archives, AfterFailure afterFailure) {
            this.archives = archives;
            this.losses = new FileLosses(afterFailure);
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
                try {
                    ArchiveEntry entry = open == null ? firstOf(archives.next()) : told(current());
                    if (entry != null) {
                        begun = true;
                        return entry;
                    }
                } catch (IOException e) {
                    losses.passOver(current().file(), e, begun);
                }
                close();
            }
            return null;
        }

        private @Nullable ArchiveEntry firstOf(FileSlice archive) throws IOException {
            slice = archive;
            entryName = null;
            begun = false;
            if (losses.areFoundBefore()) {
                readThrough(archive);
            }
            return told(archive);
        }

        /** Reads all entries and keeps none, so that this fails if one of them does. */
        private void readThrough(FileSlice archive) throws IOException {
            try (Entries entries = new Entries(List.of(archive).iterator(), AfterFailure.FAIL)) {
                while (entries.next() != null) {
                    // each is checked as it is read
                }
            }
        }

        /** As {@link #nextOf}; what is thrown names the archive and the entry. */
        private @Nullable ArchiveEntry told(FileSlice archive) throws IOException {
            try {
                return nextOf(archive);
            } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
                throw EntriesInTurn.failure(archive.file(), entryName, e);
            }
        }

        @Override
        public List<FileLoss> filesLost() {
            return losses.all();
        }

        private FileSlice current() {
            FileSlice archive = slice;
            if (archive == null) {
                throw new IllegalStateException("no archive is open");
            }
            return archive;
        }

        private @Nullable ArchiveEntry nextOf(FileSlice archive) throws IOException {
            InputFile file = archive.file();
            ArchiveReader reader = open;
            if (reader == null) {
                if (file.byteCount() == 0 && decompression.limits().emptyFiles()) {
                    return null;
                }
                entryName = null;
                reader = ArchiveFormats.open(archive, decompression.limits(), decompression::open);
                open = reader;
            }
            ArchiveReader.Entry entry = reader.next();
            if (entry == null) {
                return null;
            }
            entryName = entry.name();
            byte[] bytes = read(file, entry, reader);
            return new ArchiveEntry(file.name(), entry.name(), reader.modified(), bytes);
        }

        @Override
        public Optional<Location> location() {
            String entry = entryName;
            return entry == null
                    ? Optional.of(current().file().location())
                    : Optional.of(EntryFailures.location(current().file(), entry));
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

    private byte[] read(InputFile archive, ArchiveReader.Entry entry, ArchiveReader reader) throws IOException {
        if (entry.size() > mostBytes) {
            throw tooLarge(archive, entry, "it has " + grouped(entry.size()) + " bytes, more than the limit of ");
        }
        InputStream content = reader.content();
        byte[] bytes = bytes(content, entry.size());
        if (bytes.length == mostBytes && content.read() >= 0) {
            throw tooLarge(archive, entry, "more bytes come out of it than the limit of ");
        }
        if (entry.size() >= 0 && bytes.length != entry.size()) {
            throw EntryFailures.wrongSize(archive, entry.name(), bytes.length, entry.size());
        }
        return bytes;
    }

    /** Small entries are read into an array of their own; what the archive says of larger ones is not trusted with memory. */
    private byte[] bytes(InputStream content, long size) throws IOException {
        if (size < 0 || size > SMALL || size >= mostBytes) {
            return content.readNBytes(mostBytes);
        }
        byte[] bytes = new byte[(int) size];
        int filled = content.readNBytes(bytes, 0, bytes.length);
        if (filled < bytes.length) {
            return Arrays.copyOf(bytes, filled);
        }
        int more = content.read(); // which also compares the checksum
        return more < 0 ? bytes : Arrays.copyOf(bytes, filled + 1);
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
