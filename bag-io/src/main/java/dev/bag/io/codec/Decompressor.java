package dev.bag.io.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Decompresses with the code of a library, or of our own. */
public interface Decompressor {

    /**
     * Decompresses all streams of the format that stand one after the other. Reads from {@code compressed} at once or
     * later, and may throw anything if it is corrupt.
     */
    InputStream open(CompressedStream compressed, Limits limits) throws IOException;

    /** What to tell when a failure means that the file asks for more memory than the limits give. */
    default Optional<String> memoryDemand(Throwable failure, Limits limits) {
        return Optional.empty();
    }
}
