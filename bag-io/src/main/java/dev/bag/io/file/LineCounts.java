package dev.bag.io.file;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What there is of the text of a file before some of its bytes, as far as that has been counted: so that messages from many
 * parts of one file need no more than one walk over it together.
 */
public final class LineCounts {

    /**
     * What there is before a part of a file.
     *
     * @param lines how many lines
     * @param bytes how many bytes of text, if those of the part are counted from its own beginning; otherwise 0
     */
    public record Preceding(long lines, long bytes) {

        /** Nothing. */
        public static final Preceding NOTHING = new Preceding(0, 0);

        private Preceding and(Preceding more) {
            return new Preceding(lines + more.lines, bytes + more.bytes);
        }
    }

    private final TreeMap<Long, Preceding> known = new TreeMap<>(Map.of(0L, Preceding.NOTHING));

    /** Counts what is between two bytes. */
    @FunctionalInterface
    public interface Counting {

        /** Returns what there is between the beginnings of two parts. */
        Preceding count(long from, long to) throws IOException;
    }

    /**
     * Returns what there is before a byte.
     *
     * @param offset at which a part begins; that of the first is 0
     * @param counting counts what is not known
     */
    public synchronized Preceding before(long offset, Counting counting) throws IOException {
        Map.Entry<Long, Preceding> nearest = known.floorEntry(offset);
        Preceding count = nearest.getKey() == offset
                ? nearest.getValue()
                : nearest.getValue().and(counting.count(nearest.getKey(), offset));
        known.put(offset, count);
        return count;
    }
}
