package dev.bag.io.codec.gzip;

/**
 * How far ahead of the reader a piece must be, so that it is ready when the reader comes to it: a helper takes longer for a
 * piece than the reader, because it inflates twice. Measures both. Decides only what is inflated ahead, never a result.
 */
class Pace {

    private static final double WEIGHT = 0.2;

    /** Of the time since it was last asked, how much of it the reader must have spent reading: else it is not what is slow. */
    private static final double LEAST_SHARE = 0.3;

    private static final long LEAST_MEASURED = 20_000_000;

    private static final double LEAST_MARGIN = 1.1;
    private static final double MOST_MARGIN = 8;

    /** Nanoseconds a byte of the file: of the reader where it inflates, where it takes pieces, and of a helper. */
    private double inflating;

    private double taking;
    private double ahead;

    /** By how much later than measured pieces are expected. */
    private double margin = 1.3;

    private long inside;
    private long entered;
    private long measuredFrom = System.nanoTime();
    private boolean worthwhile = true;

    private static double mean(double before, long nanos, long byteCount) {
        double now = (double) nanos / Math.max(1, byteCount);
        return before == 0 ? now : before + WEIGHT * (now - before);
    }

    /** The reader begins to read. */
    void enter() {
        entered = System.nanoTime();
    }

    /** It returns. */
    void leave() {
        inside += System.nanoTime() - entered;
    }

    /** The reader has inflated some bytes. */
    void inflated(long nanos, long byteCount) {
        inflating = mean(inflating, nanos, byteCount);
    }

    /** The reader has taken a piece. */
    void taken(long nanos, long byteCount) {
        taking = mean(taking, nanos, byteCount);
        margin = Math.max(LEAST_MARGIN, margin * 0.97);
    }

    /** A helper has made a piece. */
    void made(long nanos, long byteCount) {
        ahead = mean(ahead, nanos, byteCount);
    }

    /** The reader came to a piece that was not ready. */
    void late() {
        margin = Math.min(MOST_MARGIN, margin * 1.5);
    }

    /** Returns whether the rest waits for the reader, and not the reader for the rest. */
    boolean isWorthwhile() {
        long now = System.nanoTime();
        long all = now - measuredFrom;
        if (all > LEAST_MEASURED) {
            worthwhile = inside + now - entered > LEAST_SHARE * all;
            inside = entered - now;
            measuredFrom = now;
        }
        return worthwhile;
    }

    /**
     * Returns how many bytes the reader should have to inflate before a piece.
     *
     * @param length how many bytes the piece has
     * @param piecesBefore how many bytes the pieces before it have
     * @param windowKnown whether it is inflated once only
     */
    long distance(long length, long piecesBefore, boolean windowKnown) {
        double plain = inflating == 0 ? 1 : inflating;
        double helper = ahead == 0 ? (windowKnown ? 1.2 : 2.5) * plain : ahead;
        double take = taking == 0 ? 0.2 * plain : taking;
        return (long) Math.max(0, (margin * helper * length - take * piecesBefore) / plain);
    }
}
