package dev.bag.io.codec;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read many bytes at a time. */
public abstract class DecodedStream extends InputStream {

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] into, int from, int length) throws IOException;
}
