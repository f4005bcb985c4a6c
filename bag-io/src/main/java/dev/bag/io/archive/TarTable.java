package dev.bag.io.archive;

import dev.bag.io.archive.ArchiveReader.Entry;
import dev.bag.io.file.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.jspecify.annotations.Nullable;

/** A tar file that is not compressed: the headers are read, and the contents passed over. */
final class TarTable implements EntryTable {

    private static final int RECORD_LENGTH = 512;

    /** What opening an entry costs, in bytes that could be read instead. */
    private static final int COST = 1024;

    /** What is in a file is found out once for all parts that read it. Guarded by itself. */
    private static final Map<InputFile, SoftReference<Listing>> KNOWN = new WeakHashMap<>();

    private final InputFile file;
    private final SeekableByteChannel channel;
    private final ChannelWindow window;
    private final Listing listing;
    private final byte[] header = new byte[RECORD_LENGTH];

    /**
     * The files in an archive, in order.
     *
     * @param isWhole whether these are all of them, and whole, so that the archive can be read by this
     */
    private record Listing(List<String> names, long[] offsets, long[] sizes, long[] modified, boolean isWhole) {

        static final Listing PARTIAL = new Listing(List.of(), new long[0], new long[0], new long[0], false);
    }

    private TarTable(InputFile file, SeekableByteChannel channel, Listing listing) {
        this.file = file;
        this.channel = channel;
        this.window = new ChannelWindow(file, channel);
        this.listing = listing;
    }

    /**
     * Returns what is in a file. The channel is closed with it.
     *
     * @return null if the file is to be read from its beginning on: some of it has holes, which are not in the file, or the
     *     library does not find all entries in this way
     */
    static @Nullable TarTable of(InputFile file, SeekableByteChannel channel) throws IOException {
        Listing listing;
        synchronized (KNOWN) {
            SoftReference<Listing> known = KNOWN.get(file);
            listing = known == null ? null : known.get();
        }
        if (listing == null) {
            listing = list(channel);
            synchronized (KNOWN) {
                KNOWN.put(file, new SoftReference<>(listing));
            }
        }
        return listing.isWhole ? new TarTable(file, channel, listing) : null;
    }

    @SuppressWarnings("resource") // to close the library would close the channel
    private static Listing list(SeekableByteChannel channel) throws IOException {
        channel.position(0);
        List<TarArchiveEntry> all;
        try {
            all = new TarFile(
                            channel, TarConstants.DEFAULT_BLKSIZE, RECORD_LENGTH, StandardCharsets.UTF_8.name(), false)
                    .getEntries();
        } catch (IOException e) {
            return Listing.PARTIAL; // if it is corrupt, that is told where it is
        }
        List<TarArchiveEntry> files = new ArrayList<>();
        long end = 0;
        for (TarArchiveEntry each : all) {
            if (each.isSparse() || TarReader.isListOfFolder(each)) {
                return Listing.PARTIAL;
            }
            if (TarReader.isRegular(each)) {
                files.add(each);
            }
            end = Math.max(
                    end, each.getDataOffset() + (each.getSize() + RECORD_LENGTH - 1) / RECORD_LENGTH * RECORD_LENGTH);
        }
        if (channel.size() < end + RECORD_LENGTH) {
            throw TarReader.endIsMissing();
        }
        List<String> names = new ArrayList<>(files.size());
        files.forEach(each -> names.add(each.getName()));
        return new Listing(
                names,
                files.stream().mapToLong(TarArchiveEntry::getDataOffset).toArray(),
                files.stream().mapToLong(TarArchiveEntry::getSize).toArray(),
                files.stream()
                        .mapToLong(each -> each.getLastModifiedDate().getTime())
                        .toArray(),
                true);
    }

    @Override
    public int size() {
        return listing.names.size();
    }

    @Override
    public List<String> names() {
        return listing.names;
    }

    @Override
    public Entry entry(int index) {
        return new Entry(listing.names.get(index), listing.sizes[index]);
    }

    @Override
    public Instant modified(int index) {
        return Instant.ofEpochMilli(listing.modified[index]);
    }

    @Override
    public long weight(int index) {
        return COST + listing.sizes[index];
    }

    /** The header is looked at once more, so that nothing else is taken for the entry if the file has changed. */
    @Override
    public InputStream content(int index) throws IOException {
        long data = listing.offsets[index];
        window.require(data - RECORD_LENGTH, RECORD_LENGTH);
        System.arraycopy(window.bytes(), window.index(data - RECORD_LENGTH), header, 0, RECORD_LENGTH);
        if (!TarReader.isHeader(header)) {
            throw file.changed(".");
        }
        return new Content(data, data + listing.sizes[index]);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Content extends InputStream {

        private static final int STEP = 32 << 10;

        private final long end;
        private long next;

        Content(long begin, long end) {
            this.next = begin;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int wanted = (int) Math.min(Math.min(STEP, length), end - next);
            if (wanted == 0) {
                return length == 0 ? 0 : -1;
            }
            if (window.load(next, wanted) < wanted) {
                throw new EOFException("the file ends");
            }
            System.arraycopy(window.bytes(), window.index(next), into, from, wanted);
            next += wanted;
            return wanted;
        }
    }
}
