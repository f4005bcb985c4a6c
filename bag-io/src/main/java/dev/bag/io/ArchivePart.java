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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The archives of one partition, and each entry of them as a record.
 *
 * @param slices in order; more than one only if they are whole archives
 * @param mostBytes the most bytes of an entry, decompressed
 */
record ArchivePart(List<FileSlice> slices, Decompression decompression, int mostBytes) implements Part<ArchiveEntry> {

    private static final int SMALL = 1 << 20;

    /** Entries that are read ahead of the threads that work on them have so many bytes, or the last of them goes beyond. */
    private static final int MOST_OF_A_CHUNK = 1 << 20;

    /** What an entry counts beside its bytes. */
    private static final int OF_AN_ENTRY = 1 << 10;

    @Override
    public Chunks<ArchiveEntry> open() {
        return new Entries(slices.iterator(), decompression.limits().afterFailure());
    }

    @Override
    public Optional<String> reads() {
        return Optional.of(FileSlice.names(slices));
    }

    /** Returns the number of bytes in the archives, as they are stored. Empty if one is not known. */
    @Override
    public OptionalLong byteCount() {
        return FileSlice.byteCount(slices);
    }

    @Override
    public Optional<String> note() {
        return isReadByOneThread() ? Optional.of("an archive of this format is read by one thread") : Optional.empty();
    }

    private boolean isReadByOneThread() {
        return slices.size() == 1
                && !FileListing.isArchiveToBeCut(slices.get(0).file().tellingName());
    }

    /** Where an archive is read by one thread, others work on its entries. */
    @Override
    public boolean pipelined() {
        return isReadByOneThread() && decompression.limits().afterFailure() == AfterFailure.FAIL;
    }

    /** Entries of the archive that have been read. */
    private static final class Read implements Chunk<ArchiveEntry> {

        private final InputFile archive;
        private final Queue<ArchiveEntry> entries;
        private @Nullable ArchiveEntry last;

        Read(InputFile archive, Queue<ArchiveEntry> entries) {
            this.archive = archive;
            this.entries = entries;
        }

        @Override
        public @Nullable ArchiveEntry next() {
            ArchiveEntry entry = entries.poll();
            last = entry == null ? last : entry;
            return entry;
        }

        @Override
        public Optional<Location> location() {
            ArchiveEntry entry = last;
            return entry == null
                    ? Optional.of(archive.location())
                    : Optional.of(EntryFailures.location(archive, entry.name()));
        }
    }

    /**
     * All entries of all archives are one chunk, in which each is read when it is asked for; or else some that have been read are.
     */
    private final class Entries implements Chunks<ArchiveEntry>, Chunk<ArchiveEntry> {

        private final Iterator<FileSlice> archives;
        private boolean handedOut;
        private @Nullable IOException failure;
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
        public @Nullable Chunk<ArchiveEntry> nextChunk() throws IOException {
            if (pipelined()) {
                return someRead();
            }
            boolean first = !handedOut;
            handedOut = true;
            return first ? this : null;
        }

        /** What precedes an entry that cannot be read is handed out before that is told. */
        private @Nullable Chunk<ArchiveEntry> someRead() throws IOException {
            Queue<ArchiveEntry> entries = new ArrayDeque<>();
            long byteCount = 0;
            try {
                while (failure == null && byteCount < MOST_OF_A_CHUNK) {
                    ArchiveEntry entry = next();
                    if (entry == null) {
                        break;
                    }
                    entries.add(entry);
                    byteCount += OF_AN_ENTRY + entry.length();
                }
            } catch (IOException e) {
                failure = e;
            }
            if (entries.isEmpty() && failure != null) {
                throw failure;
            }
            return entries.isEmpty() ? null : new Read(current().file(), entries);
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
