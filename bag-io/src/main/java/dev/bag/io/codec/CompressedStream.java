package dev.bag.io.codec;

import dev.bag.io.file.FileBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a compressed file, buffered: a stream for libraries, some of which read byte by byte, and numbers for
 * decoders of our own. Knows where in the file each byte stands.
 */
public final class CompressedStream extends InputStream {

    /** How many bytes can be looked at before they are read: enough for every header that has no texts. */
    static final int MOST_PEEKED = 64;

    private static final int BUFFER_LENGTH = 64 << 10;

    private final FileBytes file;
    private final byte[] buffer;
    private int next;
    private int end;
    private boolean endSeen;

    public CompressedStream(FileBytes file) {
        this.file = file;
        this.buffer = new byte
                [(int) Math.min(BUFFER_LENGTH, Math.max(MOST_PEEKED, file.file().byteCount()))];
    }

    /** Returns whether more bytes were asked for than there are. */
    boolean endSeen() {
        return endSeen;
    }

    /** Returns where in the file the next byte stands. */
    public long position() {
        return file.position() - (end - next);
    }

    /** Goes on reading elsewhere. */
    public void seek(long position) throws IOException {
        next = 0;
        end = 0;
        file.seek(position);
    }

    public FileBytes file() {
        return file;
    }

    @Override
    public int read() throws IOException {
        return hasNext() ? buffer[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasNext()) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(buffer, next, into, from, count);
        next += count;
        return count;
    }

    private boolean hasNext() throws IOException {
        if (peekable(1) == 0) {
            endSeen = true;
            return false;
        }
        return true;
    }

    /** Gives back the last bytes of those that the last call of {@code read} has read. */
    void unread(int count) {
        next -= count;
    }

    /** Returns whether there is no further byte, without asking for one. */
    boolean isAtEnd() throws IOException {
        return peekable(1) == 0;
    }

    /**
     * Returns how many bytes can be looked at: as many as wanted, unless the file ends before.
     *
     * @param wanted up to {@value #MOST_PEEKED}
     */
    int peekable(int wanted) throws IOException {
        if (end - next < wanted) {
            System.arraycopy(buffer, next, buffer, 0, end - next);
            end -= next;
            next = 0;
            int count = 0;
            while (end < wanted && count >= 0) {
                count = file.read(buffer, end, buffer.length - end);
                end += Math.max(0, count);
            }
        }
        return Math.min(wanted, end - next);
    }

    /** Returns a byte, from 0 to 255, that is {@link #peekable peekable}. */
    int peek(int index) {
        return buffer[next + index] & 0xff;
    }

    /** Returns a number that is {@link #peekable peekable}, its lowest byte first. */
    long peekLittleEndian(int index, int byteCount) {
        long value = 0;
        for (int i = byteCount - 1; i >= 0; i--) {
            value = value << 8 | peek(index + i);
        }
        return value;
    }

    /** Leaves out bytes that are {@link #peekable peekable}. */
    void drop(int count) {
        next += count;
    }

    /**
     * Reads bytes without looking at them.
     *
     * @throws EOFException if the file ends before
     */
    void pass(long byteCount) throws IOException {
        long left = byteCount;
        while (left > 0) {
            if (!hasNext()) {
                throw cut();
            }
            int count = (int) Math.min(left, end - next);
            next += count;
            left -= count;
        }
    }

    /** Returns whether the next bytes begin something. */
    boolean isAt(Beginning beginning) throws IOException {
        int count = peekable(MOST_PEEKED);
        return beginning.isAt(buffer, next, next + count);
    }

    /**
     * Reads a number, its lowest byte first.
     *
     * @throws EOFException if the file ends before
     */
    long littleEndian(int byteCount) throws IOException {
        require(byteCount);
        long value = peekLittleEndian(0, byteCount);
        next += byteCount;
        return value;
    }

    /**
     * Reads a number of 4 bytes, its highest byte first.
     *
     * @throws EOFException if the file ends before
     */
    int bigEndianInt() throws IOException {
        return Integer.reverseBytes((int) littleEndian(4));
    }

    /**
     * Requires that so many bytes are {@link #peekable peekable}.
     *
     * @throws EOFException if the file ends before
     */
    void require(int byteCount) throws IOException {
        if (peekable(byteCount) < byteCount) {
            throw cut();
        }
    }

    /**
     * Returns an array of the next bytes, and some more that mean nothing.
     *
     * @param again an array to be filled, if it is large enough
     * @param slack how many bytes the array has more
     * @throws EOFException if the file ends before; then no array of the claimed length was made
     */
    byte[] readBlock(int length, byte[] again, int slack) throws IOException {
        if (length > file.file().byteCount() - position()) {
            throw cut();
        }
        int sure = file.file().sizeIsKnown() ? length : Math.min(length, BUFFER_LENGTH);
        byte[] bytes = again.length >= sure + slack ? again : new byte[sure + slack];
        for (int filled = 0; filled < length; ) {
            if (filled == bytes.length - slack) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * filled) + slack);
            }
            int count = read(bytes, filled, Math.min(length, bytes.length - slack) - filled);
            if (count < 0) {
                throw cut();
            }
            filled += count;
        }
        return bytes;
    }

    /** Returns the exception for a file that ends before its data do. */
    EOFException cut() {
        endSeen = true;
        return new EOFException("the file ends");
    }

    /** What something begins with. */
    @FunctionalInterface
    public interface Beginning {

        /** Returns whether it begins at an index, looking at no byte from {@code end} on. */
        boolean isAt(byte[] bytes, int index, int end);
    }
}
