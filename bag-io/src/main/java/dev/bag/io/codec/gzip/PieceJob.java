package dev.bag.io.codec.gzip;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Inflates pieces ahead of the reader. Whatever goes wrong, there is no piece then, and the reader does without. */
final class PieceJob extends Job {

    /** The bytes behind a piece that finish the byte of its last bit. */
    private static final int MARGIN = 8;

    private static final int TRAILER_LENGTH = 8;

    /** So much text an attempt counts at least: so many bytes that look like headers do not cost much. */
    private static final int LEAST_COUNTED = 1024;

    /**
     * What is to be inflated: from the first block at or behind one bit up to the first one at or behind another; or all members
     * with a header that begins between the two.
     *
     * @param from where to begin, in bits from the beginning of the file
     * @param to where to end
     * @param searched within how many bytes behind either a block must begin, or behind the end that of a member; 0 if a block
     *     begins at both
     * @param ofMembers whether members are looked for
     * @param window the text before it; null if that is not known, and empty if nothing refers to it
     */
    record Stretch(long from, long to, int searched, boolean ofMembers, byte @Nullable [] window) {

        /** Returns how many bytes it has behind an offset, about. */
        long bytesFrom(long offset) {
            return Math.max(0, (to >> 3) - Math.max(offset, from >> 3));
        }

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

    /** The reader's, as the next one. */
    private boolean prepared;

    private boolean taken;

    /**
     * In the order of the file. Written by the helper under the lock of this, before {@code done} is true, and then by the reader,
     * but for those of a job that is cancelled before.
     */
    private final Deque<Piece> pieces = new ArrayDeque<>();

    private int piecesMade;

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

    /** Returns the first piece, once it is done; null if there is none, or no more. */
    @Nullable Piece piece() {
        return done ? pieces.peek() : null;
    }

    /** Returns how many pieces there were when it was done. */
    int piecesMade() {
        return done ? piecesMade : 0;
    }

    /** Lets go of the first piece. */
    void removePiece() {
        Piece first = pieces.poll();
        if (first != null) {
            first.pass();
        }
    }

    /** Returns how long it took from when it was planned, once it is done. */
    long nanos() {
        return nanos;
    }

    @Override
    void work() {
        List<Piece> made = new ArrayList<>();
        try {
            inflate(made);
        } catch (IOException | DataFormatException | RuntimeException | OutOfMemoryError e) {
            // what was made before is right if the reader comes there
        }
        publish(made);
    }

    private synchronized void publish(List<Piece> made) {
        if (released) {
            made.forEach(Piece::pass);
        } else {
            pieces.addAll(made);
        }
        piecesMade = made.size();
        nanos = System.nanoTime() - planned;
        done = true;
    }

    private void inflate(List<Piece> made) throws IOException, DataFormatException {
        long first = stretch.from() >>> 3;
        int wanted = (int) ((stretch.to() >>> 3) - first) + stretch.searched() + MARGIN;
        if (!arrays.reserve(wanted)) {
            return;
        }
        try {
            byte[] bytes = read(first, wanted);
            if (bytes != null && stretch.ofMembers()) {
                inflateMembers(bytes, first, 0, new Budget(), made);
            } else if (bytes != null) {
                inflateBlocks(bytes, first, bytes.length < wanted, made);
            }
        } finally {
            arrays.release(wanted);
        }
    }

    private byte @Nullable [] read(long from, int length) throws IOException {
        synchronized (reading) {
            return isCancelled() ? null : file.read(from, length);
        }
    }

    private void inflateBlocks(byte[] bytes, long first, boolean isLast, List<Piece> made) throws DataFormatException {
        long from = stretch.from() - 8 * first;
        long to = stretch.to() - 8 * first;
        if (stretch.window() == null) {
            BlockSearch search = new BlockSearch(bytes, bytes.length);
            from = search.find((int) (from >>> 3), (int) (from >>> 3) + stretch.searched());
            to = search.find((int) (to >>> 3), (int) (to >>> 3) + stretch.searched());
            to = to < 0 && isLast ? 8L * bytes.length : to;
        }
        if (from < 0 || to <= from || to > 8L * bytes.length) {
            return;
        }
        byte[] window = stretch.window();
        Budget budget = new Budget();
        Piece piece;
        try (Range once = new Range(bytes, from, to, window == null ? Placeholders.lower() : window);
                Range twice = window == null ? new Range(bytes, from, to, Placeholders.upper()) : null) {
            piece = inflated(once, twice, 8 * first + from, false, budget);
            made.add(piece);
        }
        if (window != null && piece.endsMember()) { // the places of the last reader go beyond members
            inflateMembers(bytes, first, (int) ((piece.end() >>> 3) - first) + TRAILER_LENGTH, budget, made);
        }
    }

    /** Inflates members, and passes over what looks like one and is not. Some members may stand inside of others. */
    private void inflateMembers(byte[] bytes, long first, int from, Budget budget, List<Piece> made)
            throws DataFormatException {
        int to = (int) ((stretch.to() >>> 3) - first);
        int data = MemberHeader.findEnd(bytes, from, to);
        long end = stretch.searched() == 0 ? stretch.to() - 8 * first : 8L * bytes.length;
        if (data < 0 || 8L * data >= end) {
            return;
        }
        try (Range range = new Range(bytes, 8L * data, end, SeekIndex.NO_WINDOW)) {
            while (data >= 0 && budget.text > 0) {
                int behind = data;
                try {
                    Piece piece = inflated(range, null, 8 * (first + data), true, budget);
                    made.add(piece);
                    behind = (int) ((piece.end() >>> 3) - first) + TRAILER_LENGTH;
                } catch (DataFormatException e) {
                    // it is none, or not all of it is there
                }
                data = MemberHeader.findEnd(bytes, behind, to);
                if (8L * data >= end) {
                    return;
                }
                if (data >= 0) {
                    range.beginMember(data);
                }
            }
        }
    }

    /** How much text it may make yet, in arrays. */
    private final class Budget {
        private int text = sizes.mostText();
    }

    private Piece inflated(Range once, @Nullable Range twice, long begin, boolean beginsMember, Budget budget)
            throws DataFormatException {
        List<Slab> slabs = new ArrayList<>();
        boolean whole = false;
        try {
            whole = inflate(once, twice, slabs, budget);
        } finally {
            if (!whole) {
                slabs.forEach(slab -> slab.pass(arrays));
            }
        }
        if (!whole) {
            throw new DataFormatException("too much text, or not wanted");
        }
        byte[] window = twice == null ? stretch.window() : null;
        boolean endsMember = once.memberEnd() >= 0;
        long end = (stretch.from() >>> 3 << 3) + (endsMember ? 8L * once.memberEnd() : once.end());
        return new Piece(
                begin, end, beginsMember, endsMember, beginsMember ? SeekIndex.NO_WINDOW : window, slabs, arrays);
    }

    /** Returns whether all of it was inflated. */
    private boolean inflate(Range once, @Nullable Range twice, List<Slab> slabs, Budget budget)
            throws DataFormatException {
        boolean known = twice == null;
        while (budget.text > 0 && !isCancelled()) {
            byte[] lower = arrays.take();
            byte[] upper = known ? null : arrays.take();
            if (lower == null || upper == null && !known) {
                arrays.giveBack(lower);
                return false;
            }
            Slab slab = new Slab(lower, upper);
            slabs.add(slab);
            slab.fill(once, twice, arrays);
            budget.text -= Math.max(slab.length(), LEAST_COUNTED);
            if (slab.length() < sizes.slab()) {
                slab.trim(arrays);
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

    /** The reader has taken a piece. */
    void setTaken() {
        taken = true;
    }

    boolean isTaken() {
        return taken;
    }

    /** Gives its memory back: it is cancelled, or its piece was read. */
    synchronized void release() {
        released = true;
        pieces.forEach(Piece::pass);
        pieces.clear();
    }

    /** Returns when a cancelled job has not the file open any more. */
    void awaitFileClosed() {
        synchronized (reading) {
            // What was being read when it was cancelled is not any more.
        }
    }
}
