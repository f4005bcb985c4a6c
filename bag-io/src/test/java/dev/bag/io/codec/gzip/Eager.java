package dev.bag.io.codec.gzip;

import org.jspecify.annotations.Nullable;

/** A lookahead that has every piece ready in time: the helpers work at once, on the reader's thread. */
public final class Eager {

    private Eager() {}

    /**
     * Returns a lookahead with small pieces.
     *
     * @param pieceBytes how many bytes of the file a piece has
     * @param gap how many bytes the reader inflates itself before each
     * @param slab how much text an array has
     */
    public static Lookahead lookahead(
            CompressedInput.Shared file,
            long length,
            long ratio,
            @Nullable SeekIndex known,
            int pieceBytes,
            int gap,
            int slab) {
        Sizes sizes = new Sizes(1, pieceBytes, pieceBytes, 1 << 20, 64 << 20, slab, 0, 4);
        return new Lookahead(file, length, ratio, known, Lookahead.Reach.ALL, sizes, new AtOnce(), new Regular(gap));
    }

    /** Returns a lookahead with small pieces and threads. */
    public static Lookahead withThreads(
            CompressedInput.Shared file, long length, @Nullable SeekIndex known, int pieceBytes) {
        Sizes sizes = new Sizes(1, pieceBytes, pieceBytes, 1 << 20, 64 << 20, 64 << 10, 0, 4);
        return new Lookahead(file, length, 1000, known, Lookahead.Reach.ALL, sizes, new HelperThreads(), new Pace());
    }

    /** Returns how many pieces its reader has taken. */
    public static int piecesTaken(Lookahead lookahead) {
        return lookahead.piecesTaken();
    }

    /** Returns the memory that all pieces of the process hold. */
    public static long memoryTaken() {
        return SlabArrays.taken();
    }

    private static final class AtOnce implements Job.Helpers {
        @Override
        public boolean offer(Runnable job) {
            job.run();
            return true;
        }

        @Override
        public void readerBegins() {}

        @Override
        public void readerEnds() {}

        @Override
        public int most() {
            return 3;
        }
    }

    private static final class Regular extends Pace {
        private final int gap;

        private Regular(int gap) {
            this.gap = gap;
        }

        @Override
        boolean isWorthwhile() {
            return true;
        }

        @Override
        long distance(long length, long piecesBefore, boolean windowKnown) {
            return gap;
        }
    }
}
