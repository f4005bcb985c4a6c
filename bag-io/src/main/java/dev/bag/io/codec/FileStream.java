package dev.bag.io.codec;

import java.io.IOException;
import java.io.InputStream;

/** A file as the stream that libraries read from, buffered because some of them read byte by byte. */
final class FileStream extends InputStream {

    private static final int BUFFER_LENGTH = 64 << 10;

    private final FileBytes file;
    private final byte[] buffer;
    private int next;
    private int end;
    private boolean endSeen;

    FileStream(FileBytes file) {
        this.file = file;
        this.buffer =
                new byte[(int) Math.min(BUFFER_LENGTH, Math.max(1, file.file().byteCount()))];
    }

    /** Returns whether the library asked for more than there is. */
    boolean endSeen() {
        return endSeen;
    }

    /** Returns where in the file the next byte stands that the library asks for. */
    long position() {
        return file.position() - (end - next);
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
        if (next == end) {
            next = 0;
            end = Math.max(0, file.read(buffer, 0, buffer.length));
        }
        endSeen |= next == end;
        return next < end;
    }
}
