package dev.bag.io.archive;

import dev.bag.io.archive.ArchiveReader.Decompressed;
import dev.bag.io.codec.FileBytes;
import dev.bag.io.codec.InputFile;
import dev.bag.io.codec.Limits;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** The formats of archives that are read. */
public final class ArchiveFormats {

    private ArchiveFormats() {}

    /**
     * Opens an archive, whose content says which it is. What is thrown by a library is not yet an error that names the file.
     *
     * @throws dev.bag.source.SourceException if it is none
     */
    public static ArchiveReader open(InputFile file, Limits limits, Decompressed decompressed) throws IOException {
        FileBytes bytes = FileBytes.open(file);
        try {
            byte[] head = bytes.head();
            if (ZipReader.isZip(head) || SevenZipReader.isSevenZip(head)) {
                bytes.close();
                return openSeekable(file, head, limits);
            }
            return TarReader.open(bytes, decompressed);
        } catch (Throwable e) {
            bytes.close();
            throw e;
        }
    }

    private static ArchiveReader openSeekable(InputFile file, byte[] head, Limits limits) throws IOException {
        SeekableByteChannel channel = file.open();
        try {
            return ZipReader.isZip(head)
                    ? new ZipReader(file, channel)
                    : new SevenZipReader(file, channel, limits.heapBytes());
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }
}
