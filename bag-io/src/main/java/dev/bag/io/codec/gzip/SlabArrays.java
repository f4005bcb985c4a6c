package dev.bag.io.codec.gzip;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the pieces of one reader. Arrays are used again and again: fresh ones would be moved about by the garbage
 * collector. All readers of the process together take an eighth of the heap at most; a piece for which there is no more is
 * given up, and its text is inflated when it is its turn.
 */
final class SlabArrays implements AutoCloseable {

    private static final AtomicLong TAKEN = new AtomicLong();

    private final int length;

    /** Guarded by this, as all below. */
    private final Deque<byte[]> free = new ArrayDeque<>();

    private long own;
    private boolean closed;

    /** Arrays of a length. */
    SlabArrays(int length) {
        this.length = length;
    }

    /** Returns how much memory there is for all pieces of the process. */
    static long limit() {
        return Runtime.getRuntime().maxMemory() / 8;
    }

    /** Returns the memory that all pieces of the process hold now. */
    static long taken() {
        return TAKEN.get();
    }

    /** Returns an array, with anything in it; null if there is no memory for it, or the reader has ended. */
    synchronized byte @Nullable [] take() {
        byte[] used = free.poll();
        return used != null ? used : reserve(length) ? new byte[length] : null;
    }

    /** Takes back an array that nothing refers to, or only what does not use its content. */
    synchronized void giveBack(byte @Nullable [] array) {
        if (array != null && !closed) {
            free.push(array);
        }
    }

    /** Returns whether there is so much memory, which is counted then. */
    synchronized boolean reserve(int byteCount) {
        if (closed) {
            return false;
        }
        if (TAKEN.addAndGet(byteCount) > limit()) {
            TAKEN.addAndGet(-byteCount);
            return false;
        }
        own += byteCount;
        return true;
    }

    /** What was reserved is not needed any more. */
    synchronized void release(int byteCount) {
        if (!closed) {
            own -= byteCount;
            TAKEN.addAndGet(-byteCount);
        }
    }

    /** The reader has ended. */
    @Override
    public synchronized void close() {
        closed = true;
        free.clear();
        TAKEN.addAndGet(-own);
        own = 0;
    }
}
