package dev.bag.io.file;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many lines of a file there are before some of its bytes, as far as that has been counted: so that messages from many
 * parts of one file need no more than one walk over it together.
 */
public final class LineCounts {

    private final TreeMap<Long, Long> known = new TreeMap<>(Map.of(0L, 0L));

    /** Counts lines. */
    @FunctionalInterface
    public interface Counting {

        /** Returns how many lines there are from the beginning of one up to that of another. */
        long count(long from, long to) throws IOException;
    }

    /**
     * Returns how many lines there are before a byte.
     *
     * @param offset at which a line begins; that of the first is 0
     * @param counting counts what is not known
     */
    public synchronized long before(long offset, Counting counting) throws IOException {
        Map.Entry<Long, Long> nearest = known.floorEntry(offset);
        long count = nearest.getKey() == offset
                ? nearest.getValue()
                : nearest.getValue() + counting.count(nearest.getKey(), offset);
        known.put(offset, count);
        return count;
    }
}
