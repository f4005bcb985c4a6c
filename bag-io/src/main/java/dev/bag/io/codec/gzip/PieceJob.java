package dev.bag.io.codec.gzip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Inflates a piece ahead of the reader. Whatever goes wrong, there is no piece then, and the reader does without. */
final class PieceJob extends Job {

    /** The bytes behind a piece that finish the byte of its last bit. */
    private static final int MARGIN = 8;

    /**
     * What is to be inflated: from the first block at or behind one bit up to the first one at or behind another.
     *
     * @param from where to begin, in bits from the beginning of the file
     * @param to where to end
     * @param searched within how many bytes behind either a block must begin; 0 if one begins there
     * @param window the text before it; null if that is not known
     */
    record Stretch(long from, long to, int searched, byte @Nullable [] window) {

        /** Returns how many bytes it has, about. */
        long byteCount() {
            return to - from >> 3;
        }
    }

    private final CompressedInput.Shared file;
    private final Stretch stretch;
    private final Sizes sizes;
    private final SlabArrays arrays;
    private final long planned = System.nanoTime();

    /** Held while the file is open. */
    private final Object reading = new Object();

    /** The reader's. */
    private boolean prepared;

    /** Written by the helper under the lock of this; the reader looks at it once {@code done} is true. */
    private @Nullable Piece piece;

    private long nanos;

    /** Guarded by this. */
    private boolean released;

    /** Written last by the helper: what precedes it is there when the reader sees that it is true. */
    private volatile boolean done;

    /**
     * A job.
     *
     * @param sizes say when the piece is given up
     * @param arrays for its text
     */
    PieceJob(CompressedInput.Shared file, Stretch stretch, Sizes sizes, SlabArrays arrays) {
        this.file = file;
        this.stretch = stretch;
        this.sizes = sizes;
        this.arrays = arrays;
    }

    Stretch stretch() {
        return stretch;
    }

    boolean isDone() {
        return done;
    }

    /** Returns the piece, once it is done; null if there is none. */
    @Nullable Piece piece() {
        return done ? piece : null;
    }

    /** Returns how long it took from when it was planned, once it is done. */
    long nanos() {
        return nanos;
    }

    @Override
    void work() {
        try {
            publish(inflated());
        } catch (IOException | DataFormatException | RuntimeException | OutOfMemoryError e) {
            publish(null);
        }
    }

    private synchronized void publish(@Nullable Piece made) {
        piece = made;
        nanos = System.nanoTime() - planned;
        done = true;
        if (released && made != null) {
            made.pass();
        }
    }

    private @Nullable Piece inflated() throws IOException, DataFormatException {
        long first = stretch.from() >>> 3;
        int wanted = (int) ((stretch.to() >>> 3) - first) + stretch.searched() + MARGIN;
        if (!arrays.reserve(wanted)) {
            return null;
        }
        try {
            byte[] bytes = read(first, wanted);
            return bytes == null ? null : inflated(bytes, first, bytes.length < wanted);
        } finally {
            arrays.release(wanted);
        }
    }

    private byte @Nullable [] read(long from, int length) throws IOException {
        synchronized (reading) {
            return isCancelled() ? null : file.read(from, length);
        }
    }

    private @Nullable Piece inflated(byte[] bytes, long first, boolean isLast) throws DataFormatException {
        long from = stretch.from() - 8 * first;
        long to = stretch.to() - 8 * first;
        if (stretch.window() == null) {
            BlockSearch search = new BlockSearch(bytes, bytes.length);
            from = search.find((int) (from >>> 3), (int) (from >>> 3) + stretch.searched());
            to = search.find((int) (to >>> 3), (int) (to >>> 3) + stretch.searched());
            to = to < 0 && isLast ? 8L * bytes.length : to;
        }
        return from < 0 || to <= from || to > 8L * bytes.length ? null : inflated(bytes, first, from, to);
    }

    private @Nullable Piece inflated(byte[] bytes, long first, long from, long to) throws DataFormatException {
        byte[] window = stretch.window();
        try (Range once = new Range(bytes, from, to, window == null ? Placeholders.lower() : window);
                Range twice = window == null ? new Range(bytes, from, to, Placeholders.upper()) : null) {
            List<Slab> slabs = new ArrayList<>();
            boolean whole = false;
            try {
                whole = inflate(once, twice, slabs);
            } finally {
                if (!whole) {
                    slabs.forEach(slab -> slab.pass(arrays));
                }
            }
            int memberEnd = once.memberEnd();
            long end = memberEnd < 0 ? to : 8L * memberEnd;
            return whole ? new Piece(8 * first + from, 8 * first + end, memberEnd >= 0, window, slabs, arrays) : null;
        }
    }

    /** Returns whether all of it was inflated. */
    private boolean inflate(Range once, @Nullable Range twice, List<Slab> slabs) throws DataFormatException {
        boolean known = twice == null;
        for (int left = sizes.mostText(); left > 0 && !isCancelled(); left -= sizes.slab()) {
            byte[] lower = arrays.take();
            byte[] upper = known ? null : arrays.take();
            if (lower == null || upper == null && !known) {
                arrays.giveBack(lower);
                return false;
            }
            Slab slab = new Slab(lower, upper);
            slabs.add(slab);
            slab.fill(once, twice, arrays);
            if (slab.length() < sizes.slab()) {
                return true;
            }
            known |= slab.endsKnown();
        }
        return false;
    }

    /** Returns a job that makes the text of the piece, whose window is known now. */
    Job preparation(Piece opened) {
        prepared = true;
        return new Job() {
            @Override
            void work() {
                opened.prepare();
            }
        };
    }

    boolean isPrepared() {
        return prepared;
    }

    /** Gives its memory back: it is cancelled, or its piece was read. */
    synchronized void release() {
        released = true;
        if (piece != null) {
            piece.pass();
        }
    }

    /** Returns when a cancelled job has not the file open any more. */
    void awaitFileClosed() {
        synchronized (reading) {
            // What was being read when it was cancelled is not any more.
        }
    }
}
