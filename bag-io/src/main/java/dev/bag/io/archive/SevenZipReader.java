package dev.bag.io.archive;

import dev.bag.io.file.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.Arrays;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.jspecify.annotations.Nullable;

/** 7z, whose checksums the library compares. */
final class SevenZipReader implements ArchiveReader {

    private static final byte[] SIGNATURE = {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C};

    private final InputFile file;
    private final SevenZFile archive;
    private String current = "";
    private @Nullable Instant modified;

    SevenZipReader(InputFile file, SeekableByteChannel channel, long mostMemory) throws IOException {
        this.file = file;
        try {
            this.archive = SevenZFile.builder()
                    .setSeekableByteChannel(channel)
                    .setMaxMemoryLimitKiB((int) Math.min(Integer.MAX_VALUE, mostMemory >> 10))
                    .get();
        } catch (PasswordRequiredException e) {
            throw file.broken(
                    "the archive is encrypted, and no password can be given.\n  Decrypt the archive first.", e);
        }
    }

    static boolean isSevenZip(byte[] head) {
        return head.length >= SIGNATURE.length
                && Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    @Override
    public @Nullable Entry next() throws IOException {
        try {
            SevenZArchiveEntry entry = archive.getNextEntry();
            while (entry != null && (entry.isDirectory() || entry.isAntiItem())) {
                entry = archive.getNextEntry();
            }
            if (entry == null) {
                return null;
            }
            current = entry.getName() == null ? "" : entry.getName();
            modified =
                    entry.getHasLastModifiedDate() ? entry.getLastModifiedTime().toInstant() : null;
            return new Entry(current, entry.getSize());
        } catch (PasswordRequiredException e) {
            throw file.broken("an entry is encrypted, and no password can be given.\n  Decrypt the archive first.", e);
        }
    }

    @Override
    public @Nullable Instant modified() {
        return modified;
    }

    @Override
    public InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                try {
                    return length == 0 ? 0 : archive.read(into, from, length);
                } catch (PasswordRequiredException e) {
                    throw EntryFailures.encrypted(file, current);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
