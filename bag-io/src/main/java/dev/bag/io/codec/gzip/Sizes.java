package dev.bag.io.codec.gzip;

/**
 * How a reader looks ahead. The results do not depend on it.
 *
 * @param text about how much text a piece has; 0 for none at all
 * @param leastBytes how many bytes of the file it has at least
 * @param mostBytes and at most
 * @param searched how far behind a place a block is looked for
 * @param mostText a piece with more text is given up
 * @param slab how much text is in one array
 * @param start how much text is read before anything is inflated ahead
 * @param pieces how many pieces there are at the same time
 */
public record Sizes(
        int text, int leastBytes, int mostBytes, int searched, int mostText, int slab, int start, int pieces) {

    private static final int BEST_TEXT = 8 << 20;
    private static final int LEAST_TEXT = 1 << 20;

    /** The text of a piece takes three times its length at most, and the pieces share {@link SlabArrays#limit()}. */
    private static final int TIMES_TEXT = 4;

    /** Returns the sizes for so much memory and so many helpers. */
    static Sizes of(long memory, int helpers) {
        int pieces = helpers + 1;
        long text = Math.min(BEST_TEXT, memory / TIMES_TEXT / pieces);
        int usable = text < LEAST_TEXT ? 0 : (int) text;
        return new Sizes(usable, 128 << 10, 4 << 20, 1 << 20, 4 * usable, 128 << 10, 2 << 20, pieces);
    }

    /** Returns how many bytes a member has at most, on average, that is inflated as a whole. */
    int longestMember() {
        return Math.max(searched, mostBytes);
    }

    /** Returns how many bytes a piece has if so many bytes made so much text. */
    int pieceLength(long byteCount, long textLength) {
        double length = (double) text * Math.max(1, byteCount) / Math.max(1, textLength);
        return (int) Math.max(leastBytes, Math.min(mostBytes, length));
    }
}
