package dev.bag.io.format;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of one file, or of a piece of it, in chunks. */
interface TextReader extends Closeable {

    /** The next lines, or null after the last ones. */
    @Nullable LineChunk nextChunk() throws IOException;

    /** How many bytes were left out because an option says so. Asked after the last chunk. */
    long bytesPassedOver();
}
