package dev.bag.io.archive;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.archive.ArchiveReader.Entry;
import dev.bag.io.file.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/**
 * Zip. What is stored or deflated is read here, with one inflater for all entries, so that a small entry costs little; other
 * methods are left to commons-compress. The length and the checksum of each entry are compared with those in the directory.
 */
final class ZipTable implements EntryTable {

    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int LOCAL_HEADER_LENGTH = 30;

    /** What opening an entry costs, in bytes that could be decompressed instead. */
    private static final int COST = 512;

    /** How many bytes are given to the inflater at a time. */
    private static final int STEP = 16 << 10;

    private final InputFile file;
    private final SeekableByteChannel channel;
    private final ZipDirectory directory;
    private final ChannelWindow window;
    private final Content content = new Content();
    private @Nullable List<String> names;
    private @Nullable Inflater inflater;
    private @Nullable ZipFile library;
    private @Nullable List<ZipArchiveEntry> libraryEntries;

    /** Reads the directory. The channel is closed with this. */
    ZipTable(InputFile file, SeekableByteChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.directory = ZipDirectory.read(file, channel);
        this.window = new ChannelWindow(file, channel);
    }

    static boolean isZip(byte[] head) {
        if (head.length < Integer.BYTES) {
            return false;
        }
        int signature = ZipDirectory.littleEndianInt(head, 0);
        return signature == ZipDirectory.LOCAL_HEADER || signature == ZipDirectory.END;
    }

    /** Returns whether a file may be one that has a program in front, which unpacks it. */
    static boolean mayBeBehindProgram(String name, byte[] head) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        boolean isNamedZip = lowerCase.endsWith(".zip") || lowerCase.endsWith(".jar");
        boolean isProgram = head.length > 2 && (head[0] == '#' && head[1] == '!' || head[0] == 'M' && head[1] == 'Z');
        return isNamedZip || isProgram;
    }

    @Override
    public int size() {
        return directory.size();
    }

    /** Made only when they are asked for: of an archive that is read as a whole, a slice needs the names of its own entries. */
    @Override
    public List<String> names() {
        List<String> known = names;
        if (known == null) {
            known = new ArrayList<>(size());
            for (int i = 0; i < size(); i++) {
                known.add(directory.name(i));
            }
            names = known;
        }
        return known;
    }

    private String name(int index) {
        List<String> known = names;
        return known == null ? directory.name(index) : known.get(index);
    }

    @Override
    public Entry entry(int index) throws IOException {
        return new Entry(name(index), directory.uncompressedSize(index));
    }

    @Override
    public @Nullable Instant modified(int index) {
        return directory.modified(index);
    }

    @Override
    public long weight(int index) throws IOException {
        return COST + directory.compressedSize(index);
    }

    @Override
    public InputStream content(int index) throws IOException {
        if ((directory.flags(index) & ENCRYPTED) != 0) {
            throw EntryFailures.encrypted(file, name(index));
        }
        int method = directory.method(index);
        if (method != STORED && method != DEFLATED) {
            return content.begin(index, ofLibrary(index));
        }
        long header = directory.offset(index);
        window.require(header, LOCAL_HEADER_LENGTH);
        int at = window.index(header);
        if (ZipDirectory.littleEndianInt(window.bytes(), at) != ZipDirectory.LOCAL_HEADER) {
            throw new IOException("there is no entry where the directory says, at byte " + grouped(header));
        }
        long data = header
                + LOCAL_HEADER_LENGTH
                + ZipDirectory.unsignedShort(window.bytes(), at + 26)
                + ZipDirectory.unsignedShort(window.bytes(), at + 28);
        return content.begin(index, data, method == DEFLATED);
    }

    /** Opens an entry of a method that is less common. */
    private InputStream ofLibrary(int index) throws IOException {
        ZipFile zip = library;
        List<ZipArchiveEntry> entries = libraryEntries;
        if (zip == null || entries == null) {
            zip = ZipFile.builder()
                    .setSeekableByteChannel(file.open())
                    .setIgnoreLocalFileHeader(true) // else each is read before the first entry is
                    .get();
            library = zip;
            entries = Collections.list(zip.getEntries());
            libraryEntries = entries;
        }
        ZipArchiveEntry entry = entries.get(directory.number(index));
        if (!zip.canReadEntryData(entry)) {
            ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
            throw EntryFailures.of(
                    file,
                    name(index),
                    "it is compressed by a method that is not read: " + (method == null ? entry.getMethod() : method)
                            + ".\n  Make the archive anew with deflate.",
                    null);
        }
        return zip.getInputStream(entry);
    }

    private Inflater inflater() {
        Inflater again = inflater;
        if (again == null) {
            again = new Inflater(true);
            inflater = again;
        } else {
            again.reset();
        }
        return again;
    }

    @Override
    public void close() throws IOException {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
        try (channel) {
            if (library != null) {
                library.close();
            }
        }
    }

    /** The bytes of one entry after the other: there is one of these, because making one takes longer than a small entry. */
    private final class Content extends InputStream {

        private final CRC32 crc = new CRC32();
        private int index;
        private @Nullable InputStream other;
        private @Nullable Inflater inflating;
        private long next;
        private long end;
        private long count;
        private boolean ended;

        /** Of stored or deflated data. */
        InputStream begin(int entry, long data, boolean deflated) throws IOException {
            begin(entry);
            other = null;
            inflating = deflated ? inflater() : null;
            next = data;
            end = data + directory.compressedSize(entry);
            return this;
        }

        /** Of data that the library decompresses. */
        InputStream begin(int entry, InputStream decompressed) {
            begin(entry);
            other = decompressed;
            return this;
        }

        private void begin(int entry) {
            index = entry;
            crc.reset();
            count = 0;
            ended = false;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (ended) {
                return -1;
            }
            int read = other != null
                    ? other.read(into, from, length)
                    : inflating != null ? inflate(inflating, into, from, length) : copy(into, from, length);
            if (read < 0) {
                ended = true;
                check();
                return -1;
            }
            crc.update(into, from, read);
            count += read;
            return read;
        }

        private int inflate(Inflater from, byte[] into, int at, int length) throws IOException {
            try {
                while (true) {
                    int read = from.inflate(into, at, length);
                    if (read > 0) {
                        return read;
                    }
                    if (from.finished()) {
                        return -1;
                    }
                    if (from.needsDictionary()) {
                        throw new IOException("it needs a dictionary");
                    }
                    int given = (int) Math.min(STEP, end - next);
                    if (given == 0) {
                        throw new EOFException("its data end too early");
                    }
                    window.require(next, given);
                    from.setInput(window.bytes(), window.index(next), given);
                    next += given;
                }
            } catch (DataFormatException e) {
                throw new IOException(e.getMessage() == null ? "invalid data" : e.getMessage(), e);
            }
        }

        private int copy(byte[] into, int at, int length) throws IOException {
            int wanted = (int) Math.min(Math.min(STEP, length), end - next);
            if (wanted == 0) {
                return -1;
            }
            window.require(next, wanted);
            System.arraycopy(window.bytes(), window.index(next), into, at, wanted);
            next += wanted;
            return wanted;
        }

        private void check() throws IOException {
            long size = directory.uncompressedSize(index);
            if (count != size) {
                throw EntryFailures.wrongSize(file, name(index), count, size);
            }
            if (crc.getValue() != directory.crc(index)) {
                throw EntryFailures.of(
                        file,
                        name(index),
                        "its checksum is " + Long.toHexString(crc.getValue()) + ", but the archive says "
                                + Long.toHexString(directory.crc(index)) + " (hexadecimal).\n  The archive is corrupt.",
                        null);
            }
        }
    }
}
