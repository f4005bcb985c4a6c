package dev.bag.io.format;

import dev.bag.source.Chunk;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what is in a file, or a slice of one, into chunks of whole records.
 *
 * @param <C> the chunks
 */
public interface ChunkReader<C extends Chunk<?>> extends Closeable {

    /** Returns the next records, or null after the last ones. */
    @Nullable C nextChunk() throws IOException;

    /** Returns up to which byte of the file, as it is stored, all has been read; 0 if that is not known. */
    long position();

    /** Returns how many bytes were left out because an option says so. Asked after the last chunk. */
    long bytesPassedOver();
}
