package dev.bag.io.codec.gzip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places of a file where a block begins, with the text before each, so that what follows it can be inflated without anything
 * before. Left by a reader that has read all of the file, for the next one.
 */
public final class SeekIndex {

    /**
     * A place.
     *
     * @param bit the first one of the block, from the beginning of the file
     * @param textOffset how much text precedes it
     * @param window the last of that text, in the same member
     */
    record Point(long bit, long textOffset, byte[] window) {}

    /** Where blocks refer to nothing before: at the beginning of a member, for example. */
    static final byte[] NO_WINDOW = {};

    private static final int POINT_BYTES = 64;

    private final List<Point> points = new ArrayList<>();

    /** For how many bytes there is memory left. */
    private long room;

    private final int leastBits;

    /**
     * An index without places, which takes a sixty-fourth of the heap at most.
     *
     * @param leastBytes between two places
     */
    SeekIndex(int leastBytes) {
        this.room = Runtime.getRuntime().maxMemory() / 64;
        this.leastBits = 8 * leastBytes;
    }

    /** Adds a place behind all others, if it is not too near, and there is memory for it. */
    void add(long bit, long textOffset, byte[] window) {
        int needed = POINT_BYTES + window.length;
        if (needed <= room && (points.isEmpty() || points.get(points.size() - 1).bit + leastBits <= bit)) {
            points.add(new Point(bit, textOffset, window));
            room -= needed;
        }
    }

    /** Returns how many places there are. */
    public int size() {
        return points.size();
    }

    /**
     * Returns what lies between two neighbouring places; null if there is nothing suitable.
     *
     * @param bit where it begins, at the earliest
     * @param mostText how much text it has, at most
     */
    PieceJob.@Nullable Stretch from(long bit, long mostText) {
        for (int i = indexOf(bit); i + 1 < points.size(); i++) {
            Point point = points.get(i);
            Point next = points.get(i + 1);
            if (next.textOffset - point.textOffset <= mostText) {
                return new PieceJob.Stretch(point.bit, next.bit, 0, false, point.window);
            }
        }
        return null;
    }

    /** Returns the index of the first place at a bit or behind it. */
    private int indexOf(long bit) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (points.get(middle).bit < bit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
