package dev.bag.io.archive;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The entries of an open archive that are files, in the order of the archive. Folders, links and devices are left out. */
public interface ArchiveReader extends Closeable {

    /** How many bytes tell a format. */
    int HEAD_LENGTH = 512;

    /**
     * An entry.
     *
     * @param size as the archive says it; -1 if it does not
     */
    record Entry(String name, long size) {}

    /** Returns the next entry, or null after the last one. */
    @Nullable Entry next() throws IOException;

    /** Returns when the entry returned last was changed; null if that is not known. */
    @Nullable Instant modified();

    /**
     * Opens the content of the entry returned last. Called once for an entry, before the next one is asked for. Not closed: that
     * is for the reader to do, which may go on in the same stream.
     */
    InputStream content() throws IOException;

    /** Opens the decompressed bytes of a file, which may be those of a tar file. */
    @FunctionalInterface
    interface Decompressed {

        /** Returns the bytes; the file itself if it is not compressed. */
        ByteInput open(FileBytes file) throws IOException;
    }
}
