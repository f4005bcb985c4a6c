package dev.bag.io.codec.gzip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has pieces of a gzip file inflated ahead of its reader. The reader inflates by itself, block after block, and asks before it
 * feeds bytes whether a piece begins among them that is ready. If a block does begin there, it takes the text of the piece
 * and goes on behind it. So what it makes is what it would make alone.
 *
 * <p>The reader's thread uses it, and closes it; then no helper has the file open.
 */
public final class Lookahead implements AutoCloseable {

    /** What is inflated ahead. */
    public enum Reach {
        /** Where the text before is known, or nothing refers to it: members, chunks, and what an earlier reader has found. */
        KNOWN_WINDOWS,
        /** Blocks of long members, too, which takes inflating them twice. */
        ALL
    }

    /** So many pieces in a row that came to nothing are enough. */
    private static final int MOST_FAILURES = 8;

    private final CompressedInput.Shared file;
    private final long fileLength;
    private final long ratio;
    private final @Nullable SeekIndex known;
    private final Reach reach;
    private final Sizes sizes;
    private final Job.Helpers helpers;
    private final Pace pace;

    private final SeekIndex found;
    private final SlabArrays arrays;

    /** In the order of the file; those that are done and those that are not. */
    private final Deque<PieceJob> jobs = new ArrayDeque<>();

    /** Jobs that were given up, and may still have the file open. */
    private final List<PieceJob> cancelled = new ArrayList<>();

    /** The one whose piece the reader takes now. */
    private @Nullable PieceJob taken;

    /** Before this bit everything is planned, or left to the reader. */
    private long plannedTo;

    /** In a row. */
    private int failures;

    /** Where in the member the reader is in chunks begin, if its header says so. */
    private @Nullable SeekIndex chunks;

    /** Where the data of the last member began, and about how far members are apart; -1 if not known. */
    private long lastMember = -1;

    private long memberLength = -1;

    private int piecesTaken;
    private int piecesLate;
    private boolean begun;
    private boolean hopeless;
    private boolean stopped;

    /** Where the reader was last, and when. */
    private long lastOffset;

    private long lastTime;

    /**
     * A lookahead for a reader.
     *
     * @param ratio how many times as much text as the file has bytes may have come out of it: no piece is taken that might
     *     have more, so that the reader finds out by itself
     * @param known what an earlier reader of the same file has found; null if there was none
     */
    public static Lookahead of(
            CompressedInput.Shared file, long fileLength, long ratio, @Nullable SeekIndex known, Reach reach) {
        Job.Helpers helpers = new HelperThreads();
        Sizes sizes = Sizes.of(SlabArrays.limit(), helpers.most());
        return new Lookahead(file, fileLength, ratio, known, reach, sizes, helpers, new Pace());
    }

    /** A lookahead with its parts. */
    Lookahead(
            CompressedInput.Shared file,
            long fileLength,
            long ratio,
            @Nullable SeekIndex known,
            Reach reach,
            Sizes sizes,
            Job.Helpers helpers,
            Pace pace) {
        this.file = file;
        this.fileLength = fileLength;
        this.ratio = ratio;
        this.known = known;
        this.reach = reach;
        this.sizes = sizes;
        this.helpers = helpers;
        this.pace = pace;
        this.arrays = new SlabArrays(sizes.slab());
        this.found = new SeekIndex(sizes.leastBytes() / 2);
        this.stopped = sizes.text() == 0;
    }

    void enter() {
        pace.enter();
    }

    void leave() {
        pace.leave();
    }

    /**
     * The data of a member begin.
     *
     * @param offset where in the file
     * @param extra the extra field of its header
     */
    void member(long offset, long textLength, byte[] extra) {
        chunks = ChunkTable.of(extra, offset, textLength, sizes);
        if (lastMember >= 0) {
            long length = offset - lastMember;
            memberLength = memberLength < 0 ? length : (memberLength + length) / 2;
        }
        lastMember = offset;
    }

    /** The reader is where a block begins. */
    void boundary(long bit, long textOffset, byte[] window) {
        found.add(bit, textOffset, window);
    }

    /**
     * The reader is about to feed bytes.
     *
     * @return a piece that begins in one of them, unless that turns out not to be true; null if there is none
     */
    @Nullable Piece next(long offset, int available, long textLength) {
        if (stopped) {
            return null;
        }
        long now = System.nanoTime();
        if (lastOffset > 0) {
            pace.inflated(now - lastTime, offset - lastOffset);
        }
        lastOffset = offset;
        lastTime = now;
        plan(offset, textLength);
        return ready(offset, offset + available);
    }

    private void plan(long offset, long textLength) {
        if (textLength < sizes.start() || !pace.isWorthwhile()) {
            return;
        }
        begin();
        while (!stopped && jobs.size() < sizes.pieces() && hasMemory()) {
            PieceJob.Stretch stretch = nextStretch(offset, textLength);
            if (stretch == null) {
                return;
            }
            PieceJob job = new PieceJob(file, stretch, sizes, arrays);
            if (!helpers.offer(job)) {
                return;
            }
            jobs.add(job);
            plannedTo = stretch.to();
        }
    }

    /** Other readers may have most of it. */
    private boolean hasMemory() {
        return SlabArrays.taken() + 3L * sizes.text() <= SlabArrays.limit();
    }

    private void begin() {
        if (!begun) {
            begun = true;
            helpers.readerBegins();
        }
    }

    private PieceJob.@Nullable Stretch nextStretch(long offset, long textLength) {
        long earliest = Math.max(8 * offset, plannedTo);
        long pieces =
                jobs.stream().mapToLong(job -> job.stretch().bytesFrom(offset)).sum();
        long plain = Math.max(0, (earliest >>> 3) - offset - pieces);
        SeekIndex places = chunks != null ? chunks : known;
        if (places != null) {
            PieceJob.Stretch nearest = places.from(earliest, sizes.mostText());
            if (nearest != null) {
                long wait = pace.distance(nearest.byteCount(), pieces, true) - plain;
                return places.from(earliest + 8 * Math.max(0, wait), sizes.mostText());
            }
        }
        boolean ofMembers = memberLength >= 0 && memberLength <= sizes.longestMember();
        if (!ofMembers && reach == Reach.KNOWN_WINDOWS) {
            return null;
        }
        int length = sizes.pieceLength(offset, textLength);
        length = ofMembers ? (int) Math.max(length, 2 * memberLength) : length;
        long wait = Math.max(0, pace.distance(length, pieces, ofMembers) - plain);
        long from = (earliest >>> 3) + wait;
        long to = from + length;
        if (to > fileLength) {
            return null;
        }
        to = fileLength - to < length / 2 ? fileLength : to;
        return ofMembers
                ? new PieceJob.Stretch(8 * from, 8 * to, sizes.longestMember(), true, SeekIndex.NO_WINDOW)
                : new PieceJob.Stretch(8 * from, 8 * to, sizes.searched(), false, null);
    }

    /** Returns the piece that begins in one of some bytes, and gives up what comes too late. */
    private @Nullable Piece ready(long from, long to) {
        for (PieceJob job = jobs.peek(); job != null && job.stretch().from() < 8 * to; job = jobs.peek()) {
            Piece piece = job.piece();
            while (piece != null && piece.begin() >>> 3 < from) {
                job.removePiece();
                piece = job.piece();
            }
            if (piece != null) {
                return piece.begin() >>> 3 < to ? piece : null;
            }
            if (!job.isDone()) {
                late();
            } else if (job.piecesMade() == 0) {
                failed(from);
            }
            giveUp(job);
        }
        if (hopeless) {
            stop();
        }
        return null;
    }

    private void late() {
        pace.late();
        piecesLate++;
        hopeless |= piecesLate > 2 * piecesTaken + MOST_FAILURES;
    }

    /** The more often nothing comes of it, the more the reader does by itself before the next attempt. */
    private void failed(long offset) {
        failures++;
        plannedTo = Math.max(plannedTo, 8 * (offset + ((long) sizes.leastBytes() << failures)));
        hopeless |= failures > MOST_FAILURES;
    }

    private void giveUp(PieceJob job) {
        jobs.remove(job);
        job.cancel();
        job.release();
        cancelled.removeIf(Job::isOver);
        cancelled.add(job);
    }

    /**
     * The reader is where a piece begins, and a block begins there.
     *
     * @return whether the text of the piece is that of the file; then the reader takes it
     */
    boolean take(Piece piece, byte[] window, long textLength) {
        PieceJob job = jobs.element();
        if (!piece.fits(window) || (textLength + piece.textLength()) / ratio > piece.begin() >>> 3) {
            failed(piece.begin() >>> 3);
            giveUp(job);
            return false;
        }
        if (!job.isTaken()) {
            pace.made(job.nanos(), job.stretch().byteCount());
        }
        job.setTaken();
        failures = 0;
        piecesTaken++;
        jobs.remove();
        taken = job;
        piece.open(window);
        prepareFollowing(piece);
        plan(piece.end() >>> 3, textLength + piece.textLength());
        lastTime = System.nanoTime();
        return true;
    }

    /** The windows of pieces that follow each other are known now: helpers write their text. */
    private void prepareFollowing(Piece first) {
        Piece last = first;
        for (PieceJob job : jobs) {
            Piece next = job.piece();
            if (next == null || last.endsMember() || next.begin() != last.end()) {
                return;
            }
            if (!job.isPrepared() && !prepare(job, next, last.windowBehind())) {
                return;
            }
            last = next;
        }
    }

    private boolean prepare(PieceJob job, Piece piece, byte[] window) {
        if (!piece.fits(window)) {
            return false;
        }
        piece.open(window);
        return helpers.offer(job.preparation(piece));
    }

    /** The reader has taken all text of a piece. Returns the piece that begins behind it, if one is ready. */
    @Nullable Piece behind(Piece last) {
        long end = last.end() >>> 3;
        if (taken != null) {
            pace.taken(System.nanoTime() - lastTime, last.byteCount());
            taken.removePiece();
            if (taken.piece() != null && !stopped) {
                jobs.addFirst(taken);
            } else {
                taken.release();
            }
            taken = null;
        }
        lastOffset = 0;
        Piece next = stopped || last.endsMember() ? null : ready(end, end + 1);
        return next != null && next.begin() == last.end() ? next : null;
    }

    /** Nothing is inflated ahead any more. */
    void stop() {
        stopped = true;
        while (!jobs.isEmpty()) {
            giveUp(jobs.element());
        }
    }

    /** Returns the places found, to the end of the file; null if it was not worth it. */
    @Nullable SeekIndex index(long end, long textLength) {
        found.add(end, textLength, new byte[0]);
        return piecesTaken > 0 ? found : null;
    }

    /** Returns how many pieces the reader has taken. */
    int piecesTaken() {
        return piecesTaken;
    }

    @Override
    public void close() {
        stop();
        if (taken != null) {
            giveUp(taken);
        }
        cancelled.forEach(PieceJob::awaitFileClosed);
        arrays.close();
        if (begun) {
            begun = false;
            helpers.readerEnds();
        }
    }
}
