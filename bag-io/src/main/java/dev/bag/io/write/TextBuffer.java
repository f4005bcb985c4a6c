package dev.bag.io.write;

import dev.bag.io.codec.ByteOutput;
import dev.bag.value.Utf8;
import java.io.IOException;

/** Gathers the bytes of small records; large ones go through. */
public final class TextBuffer {

    private static final int LENGTH = 64 << 10;

    private final ByteOutput out;
    private final byte[] bytes = new byte[LENGTH];
    private int filled;

    /** A buffer in front of {@code out}. */
    public TextBuffer(ByteOutput out) {
        this.out = out;
    }

    /** Takes bytes. */
    public void put(byte[] from, int begin, int length) throws IOException {
        if (length > LENGTH - filled) {
            flush();
            if (length > LENGTH) {
                out.write(from, begin, length);
                return;
            }
        }
        System.arraycopy(from, begin, bytes, filled, length);
        filled += length;
    }

    /** Takes the bytes of a text, without a copy of them in between. */
    void put(Utf8 text) throws IOException {
        int length = text.length();
        if (length > LENGTH) {
            put(text.toBytes(), 0, length);
            return;
        }
        if (length > LENGTH - filled) {
            flush();
        }
        text.copyTo(bytes, filled);
        filled += length;
    }

    /** Passes on what was gathered. */
    public void flush() throws IOException {
        if (filled > 0) {
            out.write(bytes, 0, filled);
            filled = 0;
        }
    }
}
