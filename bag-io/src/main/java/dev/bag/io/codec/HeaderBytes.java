package dev.bag.io.codec;

import dev.bag.io.codec.CompressedStream.Beginning;
import dev.bag.io.file.FileBytes;
import java.io.IOException;

/** Bytes here and there in a file, such as headers. Reads a few of them at a time. Moves the file's position. */
public final class HeaderBytes {

    /** Enough for every header but those with long texts. */
    public static final int MOST_AT_ONCE = 512;

    private final FileBytes file;
    private final byte[] window = new byte[MOST_AT_ONCE];
    private int readsLeft;

    /** Where in the file {@code window[0]} stands. */
    private long begin;

    private int filled;

    /** Any bytes of a file. */
    public HeaderBytes(FileBytes file) {
        this(file, Integer.MAX_VALUE);
    }

    /** Bytes of a file, until that has taken so many reads: then there are no more. */
    public HeaderBytes(FileBytes file, int mostReads) {
        this.file = file;
        this.readsLeft = mostReads;
    }

    /** Returns how many bytes the file has. */
    public long size() {
        return file.file().byteCount();
    }

    /** Returns whether it takes no request to a server to read some. */
    public boolean isLocal() {
        return file.file().isLocal();
    }

    /** Returns whether no more reads are allowed. */
    public boolean isExhausted() {
        return readsLeft == 0;
    }

    /**
     * Returns whether so many bytes are there, which then can be asked for.
     *
     * @param count up to {@value #MOST_AT_ONCE}
     */
    public boolean has(long at, int count) throws IOException {
        if (at < 0 || count > size() - at) {
            return false;
        }
        if (at < begin || at + count > begin + filled) {
            load(at);
        }
        return at >= begin && at + count <= begin + filled;
    }

    private void load(long at) throws IOException {
        filled = 0;
        begin = at;
        if (readsLeft == 0) {
            return;
        }
        readsLeft--;
        filled = file.readAt(at, window);
    }

    /** Returns a byte that is there, from 0 to 255. */
    public int byteAt(long at) {
        return window[(int) (at - begin)] & 0xff;
    }

    /** Returns a number that is there, its lowest byte first. */
    public long littleEndian(long at, int byteCount) {
        long value = 0;
        for (int i = byteCount - 1; i >= 0; i--) {
            value = value << 8 | byteAt(at + i);
        }
        return value;
    }

    /** Returns whether something begins there. */
    public boolean isAt(long at, Beginning beginning) throws IOException {
        int count = (int) Math.min(CompressedStream.MOST_PEEKED, size() - at);
        return count > 0 && has(at, count) && beginning.isAt(window, (int) (at - begin), filled);
    }
}
