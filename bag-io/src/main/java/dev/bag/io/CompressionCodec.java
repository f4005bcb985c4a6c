package dev.bag.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A compressed format that bag-io does not know: a service, found by {@link java.util.ServiceLoader}.
 *
 * <p>Codecs are asked about a file only where its first bytes are neither text nor of a format that is built in: first
 * each by {@link #matches}, then each by {@link #extensions}. One codec is used by many threads at once.
 */
public interface CompressionCodec {

    /** Returns what messages call the format, as in {@code lzo}. */
    String name();

    /** Returns the ends of file names that stand for the format, with the dot, in lower case. */
    List<String> extensions();

    /**
     * Returns whether a file is of this format.
     *
     * @param head its first bytes, up to 512
     */
    boolean matches(ByteBuffer head);

    /**
     * Decompresses all members, frames or streams that stand one after the other. Must throw an
     * exception for a file that ends too early or is corrupt; the file and the place are added to it.
     *
     * @param compressed the whole file; reading it byte by byte is fast enough
     */
    InputStream decompress(InputStream compressed) throws IOException;
}
