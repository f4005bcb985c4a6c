package dev.bag.io.format;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The arrays of one part, used again once the lines in them have been read. Any thread gives back. */
public final class Buffers {

    /** Behind the text: a line end that is not in the file, and what eight bytes at a time read beyond it. */
    static final int MARGIN = 16;

    private static final int MOST_KEPT = 8;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>();

    /** An array with room for text of a length, and the margin. What is in it is not defined. */
    byte[] take(int textLength) {
        byte[] kept = takeKept(textLength + MARGIN);
        return kept == null ? new byte[textLength + MARGIN] : kept;
    }

    private synchronized byte @Nullable [] takeKept(int length) {
        byte[] first = free.pollFirst();
        return first != null && first.length == length ? first : null;
    }

    synchronized void giveBack(byte[] buffer) {
        if (free.size() < MOST_KEPT) {
            free.addFirst(buffer);
        }
    }
}
