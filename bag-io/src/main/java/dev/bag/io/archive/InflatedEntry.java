package dev.bag.io.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of deflated entries, one after the other. One inflater and one buffer serve all entries of an archive: to make
 * them costs more than to inflate a small entry.
 */
final class InflatedEntry extends InputStream {

    private static final int BUFFER_LENGTH = 16 << 10;

    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private InputStream compressed = nullInputStream();

    /** Whether the byte that the inflater may want behind the data was given to it. */
    private boolean padded;

    /** Goes on with the compressed bytes of another entry. */
    InputStream open(InputStream entry) {
        inflater.reset();
        compressed = entry;
        padded = false;
        return this;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        try {
            int count = inflater.inflate(into, from, length);
            while (count == 0 && length > 0 && !inflater.finished()) {
                if (inflater.needsDictionary()) {
                    throw new DataFormatException("a dictionary is asked for");
                }
                feed();
                count = inflater.inflate(into, from, length);
            }
            return count == 0 && length > 0 ? -1 : count;
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage() == null ? "the blocks cannot be decoded" : e.getMessage(), e);
        }
    }

    private void feed() throws IOException {
        if (!inflater.needsInput()) {
            return;
        }
        int count = compressed.read(buffer, 0, buffer.length);
        if (count < 0) {
            if (padded) {
                throw new EOFException("the compressed data end too early");
            }
            padded = true;
            buffer[0] = 0;
            count = 1;
        }
        inflater.setInput(buffer, 0, count);
    }

    /** Gives back the memory of the inflater. */
    void end() {
        inflater.end();
    }
}
