package dev.bag.io.codec.gzip;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one piece. All pieces of the process together take an eighth of the heap at most: a piece for which there is
 * no more is given up, and its text is inflated when it is its turn.
 */
final class MemoryShare implements AutoCloseable {

    private static final AtomicLong TAKEN = new AtomicLong();

    /** Guarded by this. */
    private long own;

    private boolean closed;

    /** Returns how much memory there is for all pieces of the process. */
    static long limit() {
        return Runtime.getRuntime().maxMemory() / 8;
    }

    /** Returns the memory that pieces hold now. */
    static long taken() {
        return TAKEN.get();
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
    synchronized void giveBack(int byteCount) {
        if (!closed) {
            own -= byteCount;
            TAKEN.addAndGet(-byteCount);
        }
    }

    /** Returns an array; null if there is no memory for it, or the piece is not wanted any more. */
    byte @Nullable [] take(int length) {
        return reserve(length) ? new byte[length] : null;
    }

    /** The piece is not wanted any more: what it took is for others. */
    @Override
    public synchronized void close() {
        closed = true;
        TAKEN.addAndGet(-own);
        own = 0;
    }
}
