package dev.bag.io.format;

import org.jspecify.annotations.Nullable;

/**
 * How many lines there are before a chunk. Nothing is counted for it while reading: a chunk that was walked to its end
 * knows its number of lines, one that was not is counted when its buffer is given back, and one that is still being
 * walked, by whoever asks.
 */
final class LineTally {

    private final @Nullable LineTally before;

    /** Whose lines these are; null once they are counted. Guarded by this, so that its buffer is not reused meanwhile. */
    private @Nullable LineChunk chunk;

    private long lineCount;

    LineTally(@Nullable LineTally before) {
        this.before = before;
    }

    boolean isFirst() {
        return before == null;
    }

    /** Called once, before the chunk is handed out. */
    synchronized void begin(LineChunk ofThis) {
        chunk = ofThis;
    }

    /** The bytes of the chunk are about to be given back. */
    synchronized void settle(boolean walked) {
        LineChunk settled = chunk;
        if (settled != null) {
            lineCount = walked ? settled.linesRead : settled.countLines();
            chunk = null;
        }
    }

    private synchronized long lineCount() {
        return chunk == null ? lineCount : chunk.countLines();
    }

    /** The lines of all chunks of this part before this one. */
    long linesBefore() {
        long lines = 0;
        for (LineTally each = before; each != null; each = each.before) {
            lines += each.lineCount();
        }
        return lines;
    }
}
