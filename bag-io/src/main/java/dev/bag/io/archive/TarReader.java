package dev.bag.io.archive;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.PrefixedInput;
import dev.bag.io.split.FileListing;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/** Tar, compressed or not, from its beginning to its end. */
final class TarReader implements ArchiveReader {

    private static final int RECORD_LENGTH = 512;
    private static final int MAGIC_AT = 257;
    private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

    // Kinds of entries that GNU tar has in addition.
    private static final byte LIST_OF_FOLDER = 'D';
    private static final byte REST_OF_FILE = 'M';
    private static final byte LABEL_OF_VOLUME = 'V';

    private final FileBytes file;
    private final ByteInput input;
    private final InputBytes bytes;
    private final TarArchiveInputStream tar;
    private @Nullable Instant modified;
    /** How many bytes fill up the last record of the entry. */
    private int padding;

    private TarReader(FileBytes file, ByteInput input) {
        this.file = file;
        this.input = input;
        this.bytes = new InputBytes(input);
        this.tar = new TarArchiveInputStream(bytes, StandardCharsets.UTF_8.name());
    }

    static TarReader open(FileBytes file, ByteInput decompressed) throws IOException {
        PrefixedInput input = new PrefixedInput(decompressed, HEAD_LENGTH);
        if (!isTar(input.head())
                && !(isEmptyTar(input.head()) && FileListing.isTar(file.file().tellingName()))) {
            throw file.file()
                    .broken(
                            "this is not an archive of a format that is read: zip, tar (compressed or not) or 7z.\n"
                                    + "  Read single files with TextFiles or WholeFiles.",
                            null);
        }
        return new TarReader(file, input);
    }

    /** The oldest tar files, and the label of a volume, have no magic; of these the checksum of the header tells. */
    static boolean isTar(byte[] head) {
        int end = MAGIC_AT + MAGIC.length;
        return head.length >= end && Arrays.equals(head, MAGIC_AT, end, MAGIC, 0, MAGIC.length)
                || head.length >= RECORD_LENGTH && isHeader(head);
    }

    /** Returns whether what a record of the archive begins with is a header, as its checksum tells. */
    static boolean isHeader(byte[] record) {
        try {
            return TarUtils.verifyCheckSum(record);
        } catch (IllegalArgumentException e) {
            return false; // where the checksum should be is no number
        }
    }

    private static boolean isEmptyTar(byte[] head) {
        for (byte b : head) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        TarArchiveEntry entry = nextOfAnyKind();
        while (entry != null && !isRegular(entry)) {
            entry = nextOfAnyKind();
        }
        if (entry == null) {
            readToTheEnd();
            return null;
        }
        modified = entry.getLastModifiedDate().toInstant();
        return new Entry(entry.getName(), entry.getRealSize());
    }

    @Override
    public @Nullable Instant modified() {
        return modified;
    }

    /** At the end there is a record of zeros, which the library does not miss: it takes the end of the file for it. */
    private @Nullable TarArchiveEntry nextOfAnyKind() throws IOException {
        long before = bytes.count + padding;
        TarArchiveEntry entry = tar.getNextEntry();
        if (entry == null && bytes.count - before < RECORD_LENGTH) {
            throw endIsMissing();
        }
        padding = entry == null ? 0 : (int) (-entry.getSize() & RECORD_LENGTH - 1);
        if (entry != null && isListOfFolder(entry)) {
            bytes.skipNBytes(entry.getSize() + padding);
            padding = 0;
        }
        return entry;
    }

    /** Of an incremental archive of GNU tar. The library takes what follows for an entry, or its zeros for the end. */
    static boolean isListOfFolder(TarArchiveEntry entry) {
        return entry.getLinkFlag() == LIST_OF_FOLDER && entry.isDirectory();
    }

    static EOFException endIsMissing() {
        return new EOFException("the file ends where another entry or the end mark should be");
    }

    /**
     * Returns whether an entry is a file.
     *
     * @throws IOException if it is only a part of one
     */
    static boolean isRegular(TarArchiveEntry entry) throws IOException {
        if (entry.getLinkFlag() == REST_OF_FILE) {
            throw new IOException(
                    entry.getName() + " is continued from another volume, without which it cannot be read");
        }
        boolean isLink = entry.isLink() || entry.isSymbolicLink();
        boolean isDevice = entry.isFIFO() || entry.isBlockDevice() || entry.isCharacterDevice();
        return entry.isFile() && !isLink && !isDevice && entry.getLinkFlag() != LABEL_OF_VOLUME;
    }

    /** Behind the last entry are zeros, and the checksum of a compressed file. */
    private void readToTheEnd() throws IOException {
        byte[] rest = new byte[HEAD_LENGTH];
        while (input.read(rest, 0, rest.length) >= 0) {
            // what is read is of no use
        }
    }

    @Override
    public InputStream content() {
        return tar;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            input.close();
        }
    }

    /** The bytes of an input as a stream. */
    private static final class InputBytes extends InputStream {

        private final ByteInput input;
        private long count;

        InputBytes(ByteInput input) {
            this.input = input;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = length == 0 ? 0 : input.read(into, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
