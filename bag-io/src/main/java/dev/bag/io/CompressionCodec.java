package dev.bag.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A compressed format that bag-io does not know: a service, found by {@link java.util.ServiceLoader}.
 *
 * <p>Codecs are asked about a file only if its first bytes are neither text nor of a built-in format: first each by
 * {@link #matches}, then each by {@link #extensions}. One codec is used by many threads at once.
 */
public interface CompressionCodec {

    /** Returns the name of the format for messages, such as {@code lzo}. */
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
     * Decompresses all members, frames or streams that stand one after the other.
     *
     * @param compressed the whole file; reading it byte by byte is fast enough
     * @return the decompressed bytes. Reading a file that ends too early or is corrupt must throw an exception; the
     *     engine adds the file and the place
     * @throws IOException if the file cannot be decompressed
     */
    InputStream decompress(InputStream compressed) throws IOException;
}
