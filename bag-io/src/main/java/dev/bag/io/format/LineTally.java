package dev.bag.io.format;

import org.jspecify.annotations.Nullable;

/**
 * How many lines there are before a chunk. Nothing is counted for it while reading: a chunk that was walked to its end
 * knows its number of lines. One that was not is counted when its buffer is given back, and one that is still being walked
 * by the thread that asks.
 */
final class LineTally {

    /** Lines that can be counted. */
    interface Lines {

        /** Returns how many there are, those that are left out as malformed included. Any thread may ask. */
        long countLines();

        /** Returns how many of them were read. */
        long linesRead();
    }

    private final @Nullable LineTally before;

    /** Whose lines these are; null once they are counted. Guarded by this, so that its buffer is not reused meanwhile. */
    private @Nullable Lines chunk;

    private long lineCount;

    /** How many lines there are before these, once that has been asked for; -1 before. It does not change. */
    private volatile long knownBefore = -1;

    LineTally(@Nullable LineTally before) {
        this.before = before;
    }

    boolean isFirst() {
        return before == null;
    }

    /** Called once, before the chunk is handed out. */
    synchronized void begin(Lines ofThis) {
        chunk = ofThis;
    }

    /** The bytes of the chunk are about to be given back. */
    synchronized void settle(boolean walked) {
        Lines settled = chunk;
        if (settled != null) {
            lineCount = walked ? settled.linesRead() : settled.countLines();
            chunk = null;
        }
    }

    private synchronized long lineCount() {
        return chunk == null ? lineCount : chunk.countLines();
    }

    /** Returns the number of lines of all chunks of this part before this one. */
    long linesBefore() {
        long lines = 0;
        for (LineTally each = this; each != null; each = each.before) {
            long known = each.knownBefore; // read once: another thread may set it
            if (known >= 0) {
                lines += known;
                break;
            }
            lines += each.before == null ? 0 : each.before.lineCount();
        }
        knownBefore = lines;
        return lines;
    }
}
