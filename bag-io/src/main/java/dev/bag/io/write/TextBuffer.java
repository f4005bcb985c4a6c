package dev.bag.io.write;

import dev.bag.io.compress.ByteOutput;
import dev.bag.value.Utf8;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gathers the bytes of records: small ones in front of an output, to which large ones go through, or all of them. */
public final class TextBuffer {

    private static final int LENGTH = 64 << 10;

    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private final @Nullable ByteOutput out;
    private byte[] bytes = new byte[LENGTH];
    private int filled;

    /** A buffer in front of {@code out}. */
    public TextBuffer(ByteOutput out) {
        this.out = out;
    }

    /** A buffer that grows. */
    TextBuffer() {
        this.out = null;
    }

    /** Takes bytes. */
    public void put(byte[] from, int begin, int length) throws IOException {
        if (length > bytes.length - filled && !makeRoom(length)) {
            flush();
            out(from, begin, length);
            return;
        }
        System.arraycopy(from, begin, bytes, filled, length);
        filled += length;
    }

    /** Takes the bytes of a text, without a copy of them in between. */
    void put(Utf8 text) throws IOException {
        int length = text.length();
        if (length > bytes.length - filled && !makeRoom(length)) {
            put(text.toBytes(), 0, length);
            return;
        }
        text.copyTo(bytes, filled);
        filled += length;
    }

    /** Makes room for so many more bytes; false where they are too many for that. */
    private boolean makeRoom(int length) throws IOException {
        if (out != null) {
            if (length > LENGTH) {
                return false;
            }
            flush();
            return true;
        }
        long needed = (long) filled + length;
        if (needed > LONGEST) {
            throw new IOException(
                    "records that follow each other have " + needed + " bytes, which is too much at once");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(LONGEST, Math.max(needed, 2L * bytes.length)));
        return true;
    }

    private void out(byte[] from, int begin, int length) throws IOException {
        if (out != null) {
            out.write(from, begin, length);
        }
    }

    /** Passes on what was gathered. */
    public void flush() throws IOException {
        if (filled > 0) {
            out(bytes, 0, filled);
            filled = 0;
        }
    }

    /** Returns the bytes that are here, from the first element on. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns how many bytes are here. */
    public int length() {
        return filled;
    }

    void clear() {
        filled = 0;
    }
}
