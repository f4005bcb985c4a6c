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

    private final CompressedBytes file;
    private final Stretch stretch;
    private final Sizes sizes;
    private final MemoryShare memory = new MemoryShare();
    private final long planned = System.nanoTime();

    /** Held while the file is open. */
    private final Object reading = new Object();

    /** The reader's. */
    private boolean prepared;

    private @Nullable Piece piece;
    private long nanos;

    /** Written last by the helper: what precedes it is there when the reader sees that it is true. */
    private volatile boolean done;

    /**
     * A job.
     *
     * @param sizes say when the piece is given up
     */
    PieceJob(CompressedBytes file, Stretch stretch, Sizes sizes) {
        this.file = file;
        this.stretch = stretch;
        this.sizes = sizes;
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
            piece = inflated();
        } catch (IOException | DataFormatException | RuntimeException | OutOfMemoryError e) {
            piece = null;
        }
        nanos = System.nanoTime() - planned;
        done = true;
    }

    private @Nullable Piece inflated() throws IOException, DataFormatException {
        long first = stretch.from() >>> 3;
        int wanted = (int) ((stretch.to() >>> 3) - first) + stretch.searched() + MARGIN;
        if (!memory.reserve(wanted)) {
            return null;
        }
        byte[] bytes = read(first, wanted);
        Piece made = bytes == null ? null : inflated(bytes, first, bytes.length < wanted);
        memory.giveBack(wanted);
        return made;
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
            List<Slab> slabs = inflated(once, twice);
            int memberEnd = once.memberEnd();
            long end = memberEnd < 0 ? to : 8L * memberEnd;
            return slabs == null
                    ? null
                    : new Piece(8 * first + from, 8 * first + end, memberEnd >= 0, window, slabs, memory);
        }
    }

    private @Nullable List<Slab> inflated(Range once, @Nullable Range twice) throws DataFormatException {
        List<Slab> slabs = new ArrayList<>();
        boolean known = twice == null;
        for (int left = sizes.mostText(); left > 0 && !isCancelled(); left -= sizes.slab()) {
            byte[] lower = memory.take(sizes.slab());
            byte[] upper = known ? null : memory.take(sizes.slab());
            if (lower == null || upper == null && !known) {
                return null;
            }
            int length = once.read(lower);
            if (twice != null && upper != null && twice.read(upper) != length) {
                return null;
            }
            Slab slab = new Slab(lower, upper, length);
            slabs.add(slab);
            if (length < sizes.slab()) {
                return slabs;
            }
            known |= slab.endsKnown();
        }
        return null;
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

    /** Gives its memory to others: it is cancelled, or its piece was read. */
    void release() {
        memory.close();
    }

    /** Returns when a cancelled job has not the file open any more. */
    void awaitFileClosed() {
        synchronized (reading) {
            // What was being read when it was cancelled is not any more.
        }
    }
}
