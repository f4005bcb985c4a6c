package dev.bag.io.split;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import java.io.IOException;

/** The bytes of a file from one position up to another. */
public final class RangeInput implements ByteInput {

    private final FileBytes file;
    private final long begin;
    private final long end;

    /** Moves the file's position. */
    public RangeInput(FileBytes file, long begin, long end) throws IOException {
        this.file = file;
        this.begin = begin;
        this.end = end;
        file.seek(begin);
        file.willReadUpTo(end);
    }

    /** Returns where in the file the first byte stands. */
    public long begin() {
        return begin;
    }

    /** Returns how many bytes there are. */
    public long byteCount() {
        return end - begin;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        long left = end - file.position();
        if (left > 0) {
            return file.read(into, from, (int) Math.min(length, left));
        }
        // At the end of the file one more read notices whether it has grown.
        return end == file.file().byteCount() ? file.read(into, from, length) : -1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
