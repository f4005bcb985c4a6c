package dev.bag.io.file;

import java.io.Closeable;
import java.io.IOException;

/** Bytes in order: the narrow waist between files, codecs and formats. One thread at a time uses it. */
public interface ByteInput extends Closeable {

    /**
     * Reads at least one byte.
     *
     * @param length at least 1
     * @return how many bytes were read, never 0; -1 after the last one
     */
    public int read(byte[] into, int from, int length) throws IOException;
}
