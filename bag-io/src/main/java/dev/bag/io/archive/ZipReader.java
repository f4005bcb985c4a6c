package dev.bag.io.archive;

import dev.bag.io.codec.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/** Zip, by its central directory: what is not in there, such as a file that was deleted, is no entry. */
final class ZipReader implements ArchiveReader {

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    /** Where in the end of the directory the number of entries is, in 16 bits. */
    private static final int COUNT_AT = 10;

    /** In place of the number of entries: it is elsewhere. */
    private static final int IS_ZIP64 = 0xffff;

    private final InputFile file;
    private final ZipFile zip;
    private final Enumeration<ZipArchiveEntry> entries;
    private final InflatedEntry inflated;
    private @Nullable ZipArchiveEntry current;

    ZipReader(InputFile file, SeekableByteChannel channel) throws IOException {
        this.file = file;
        this.zip = ZipFile.builder()
                .setSeekableByteChannel(channel)
                .setCharset(StandardCharsets.UTF_8)
                .setIgnoreLocalFileHeader(true) // else each is read before the first entry is
                .get();
        this.entries = zip.getEntries();
        checkCount(channel);
        this.inflated = new InflatedEntry();
    }

    /** The library reads entries until there is something else: that must not be a damaged one. */
    private void checkCount(SeekableByteChannel channel) throws IOException {
        long length = Math.min(channel.size(), END_LENGTH + LONGEST_COMMENT);
        ByteBuffer last = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(channel.size() - length);
        while (last.hasRemaining() && channel.read(last) >= 0) {
            // until all of it is there
        }
        int found = Collections.list(zip.getEntries()).size();
        for (int at = last.position() - END_LENGTH; at >= 0; at--) {
            if (last.getInt(at) == END_OF_DIRECTORY) {
                int said = last.getShort(at + COUNT_AT) & IS_ZIP64;
                if (said != IS_ZIP64 && said != (found & IS_ZIP64)) {
                    throw new IOException("its directory should have " + said + " entries, but has " + found);
                }
                return;
            }
        }
    }

    static boolean isZip(byte[] head) {
        if (head.length < Integer.BYTES) {
            return false;
        }
        int signature = head[0] & 0xff | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16 | head[3] << 24;
        return signature == LOCAL_HEADER || signature == END_OF_DIRECTORY;
    }

    @Override
    public @Nullable Entry next() {
        current = null;
        while (current == null && entries.hasMoreElements()) {
            ZipArchiveEntry entry = entries.nextElement();
            current = entry.isDirectory() || entry.isUnixSymlink() ? null : entry;
        }
        ZipArchiveEntry entry = current;
        return entry == null ? null : new Entry(entry.getName(), entry.getSize(), entry.getCrc(), modified(entry));
    }

    private static @Nullable Instant modified(ZipArchiveEntry entry) {
        return entry.getTime() < 0 ? null : Instant.ofEpochMilli(entry.getTime());
    }

    @Override
    public InputStream content() throws IOException {
        ZipArchiveEntry entry = Objects.requireNonNull(current);
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw EntryFailures.encrypted(file, entry.getName());
        }
        if (!zip.canReadEntryData(entry)) {
            ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
            throw EntryFailures.of(
                    file,
                    entry.getName(),
                    "it is compressed by a method that is not read: " + (method == null ? entry.getMethod() : method)
                            + ".\n  Make the archive anew with deflate.",
                    null);
        }
        return entry.getMethod() == ZipEntry.DEFLATED
                ? inflated.open(zip.getRawInputStream(entry))
                : zip.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        inflated.end();
        zip.close();
    }
}
