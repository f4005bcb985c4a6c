package dev.bag.io.archive;

import dev.bag.io.archive.ArchiveReader.Decompressed;
import dev.bag.io.codec.Limits;
import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.io.split.EntryChoice;
import dev.bag.io.split.FileSlice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The formats of archives that are read: content says which a file has. */
public final class ArchiveFormats {

    private final FileSlice slice;
    private final InputFile file;
    private final Limits limits;
    private final Decompressed decompressed;
    private final EntryChoice choice;

    private ArchiveFormats(FileSlice slice, Limits limits, Decompressed decompressed) {
        this.slice = slice;
        this.file = slice.file();
        this.limits = limits;
        this.decompressed = decompressed;
        this.choice = new EntryChoice(file);
    }

    /**
     * Opens the entries of an archive that are meant, or of a slice of it: the slices have all of them together, in order. An
     * archive that can be read from its beginning on only is all in the first slice. What is thrown by a library is not yet an
     * error that names the file.
     *
     * @throws dev.bag.source.SourceException if it is none
     */
    public static ArchiveReader open(FileSlice slice, Limits limits, Decompressed decompressed) throws IOException {
        return new ArchiveFormats(slice, limits, decompressed).open();
    }

    private ArchiveReader open() throws IOException {
        SeekableByteChannel channel = file.open();
        try {
            FileBytes bytes = new FileBytes(file, channel);
            EntryTable table = table(bytes, channel);
            if (table != null) {
                return TableReader.of(table, choice, slice, limits.emptyFiles());
            }
            if (slice.from() > 0) {
                channel.close();
                return new NoEntries();
            }
            if (choice.inOrderOfArchive()) {
                return new SequentialReader(sequential(bytes, channel), choice, limits.emptyFiles());
            }
            FirstThenAgain opener = new FirstThenAgain(bytes, channel);
            return ByNameReader.of(opener, choice, limits.emptyFiles());
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /** Returns what is in the archive, if that is known without reading all of it, and is needed. */
    private @Nullable EntryTable table(FileBytes bytes, SeekableByteChannel channel) throws IOException {
        byte[] head = bytes.head();
        if (ZipTable.isZip(head)) {
            requireSeekable("zip");
            return new ZipTable(file, channel);
        }
        if (!file.canSeek() || SevenZipReader.isSevenZip(head)) {
            return null;
        }
        if (TarReader.isTar(head)) {
            boolean inTurn = choice.inOrderOfArchive() && slice.isWhole();
            boolean far = channel instanceof FileBytes.Remote; // each header takes a request
            return inTurn || far ? null : TarTable.of(file, channel);
        }
        boolean isZip = ZipTable.mayBeBehindProgram(file.tellingName(), head) && ZipDirectory.isAtEndOf(channel);
        return isZip ? new ZipTable(file, channel) : null;
    }

    private void requireSeekable(String format) throws IOException {
        if (!file.canSeek()) {
            throw file.broken(
                    "a " + format + " file is read from its end, which cannot be reached here.\n"
                            + "  Copy it to a file first.",
                    null);
        }
    }

    private ArchiveReader sequential(FileBytes bytes, SeekableByteChannel channel) throws IOException {
        if (SevenZipReader.isSevenZip(bytes.head())) {
            requireSeekable("7z");
            channel.position(0);
            return new SevenZipReader(file, channel, limits.heapBytes());
        }
        bytes.seek(0);
        ByteInput input = decompressed.open(bytes);
        return TarReader.open(bytes, input);
    }

    /** The archive that is open already, and then the same anew each time. */
    private final class FirstThenAgain implements ByNameReader.Opener {

        private @Nullable FileBytes bytes;
        private SeekableByteChannel channel;

        FirstThenAgain(FileBytes bytes, SeekableByteChannel channel) {
            this.bytes = bytes;
            this.channel = channel;
        }

        @Override
        public ArchiveReader open() throws IOException {
            FileBytes opened = bytes;
            bytes = null;
            if (opened == null) {
                channel = file.open();
                opened = new FileBytes(file, channel);
            }
            try {
                return sequential(opened, channel);
            } catch (Throwable e) {
                channel.close();
                throw e;
            }
        }
    }

    /** What another slice reads. */
    private static final class NoEntries implements ArchiveReader {

        @Override
        public @Nullable Entry next() {
            return null;
        }

        @Override
        public @Nullable Instant modified() {
            return null;
        }

        @Override
        public InputStream content() {
            throw new IllegalStateException("there is no entry");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
