package dev.bag.io.format;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one file, or of a slice of it, in chunks.
 *
 * @param <T> the records
 */
public interface LineReader<T> extends Closeable {

    /** Returns the next lines, or null after the last ones. */
    @Nullable LineChunk<T> nextChunk() throws IOException;

    /** Returns how many bytes were left out because an option says so. Asked after the last chunk. */
    long bytesPassedOver();
}
