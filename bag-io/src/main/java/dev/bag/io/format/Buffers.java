package dev.bag.io.format;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that are used again once the lines in them have been read, whichever file comes next. Any thread takes and gives
 * back; what is given back belongs to nobody, and must be given back only once.
 */
public final class Buffers {

    /** Behind the text: a line end that is not in the file, and what eight bytes at a time read beyond it. */
    static final int MARGIN = 16;

    /** Only arrays for text of this length are kept: others are for long lines, or for short files. */
    private static final int TEXT_LENGTH = 256 << 10;

    /** The share of the heap that arrays which are not in use may have. */
    private static final int HEAP_SHARE = 128;

    private static final int MOST_KEPT =
            (int) Math.max(2, Math.min(128, Runtime.getRuntime().maxMemory() / HEAP_SHARE / TEXT_LENGTH));

    /** Of all runs: a run has no place of its own for them, and a pool for each file would serve small files little. */
    public static final Buffers SHARED = new Buffers();

    /** Guarded by this. The one given back last is taken first, as it is most likely in a cache. */
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();

    private Buffers() {}

    /** Returns an array with room for text of a length, and the margin. What is in it is not defined. */
    byte[] take(int textLength) {
        byte[] kept = textLength == TEXT_LENGTH ? takeKept() : null;
        return kept == null ? new byte[textLength + MARGIN] : kept;
    }

    private synchronized byte @Nullable [] takeKept() {
        return free.pollFirst();
    }

    synchronized void giveBack(byte[] buffer) {
        if (buffer.length == TEXT_LENGTH + MARGIN && free.size() < MOST_KEPT) {
            free.addFirst(buffer);
        }
    }
}
