package dev.bag.io.codec.bzip2;

import java.io.InterruptedIOException;
import java.lang.ref.SoftReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Undoes the Burrows-Wheeler transform. All rotations of a text, sorted, are written below each other; what is known is
 * the last byte of each, and which row is the text itself. The first bytes are these last bytes, sorted. The n-th
 * {@code x} at the end of a row and the n-th {@code x} at the beginning of one are the same {@code x} of the text, which
 * tells for each row the one that begins a byte later.
 *
 * <p>To follow the rows is to jump about in memory, each jump waiting for the one before. So eight lanes are followed at
 * once, from rows that are spread evenly: the row of the text, and others anywhere in it. A lane that meets the first
 * row of a segment has read one, and takes the next. Then the segments are put together, as each one's end tells which
 * one follows it. (A text that repeats itself has rows of which no rotation comes back to the others; then some of the
 * segments are used again and again, and others not at all.)
 */
final class SortedRotations {

    /** What one takes, for the longest block. */
    private static final int BYTES = 6 << 20;

    /**
     * So many may be in use at once: a quarter of the heap is for them. In a small heap threads wait for each other here,
     * which is never for longer than others take to restore a text.
     */
    private static final Semaphore IN_USE =
            new Semaphore((int) Math.max(1, Math.min(1024, Runtime.getRuntime().maxMemory() / 4 / BYTES)));

    /** Those that no thread uses. They are worth keeping only while memory is not short. */
    private static final Queue<SoftReference<SortedRotations>> UNUSED = new ConcurrentLinkedQueue<>();

    private static final int LANES = 8;

    /** How far the first rows of segments are apart: many more segments than lanes, so that no lane is long alone. */
    private static final int STRIDE = 1024;

    /** In an entry: the row that begins a segment comes next. */
    private static final int LAST_OF_SEGMENT = 1 << 31;

    private static final int ROW_MASK = (1 << 31 - Byte.SIZE) - 1;

    /** By row: the row of the rotation that begins one byte later, and below it the first byte of this one. */
    private int[] later = new int[0];

    private final int[] firstRow = new int[256];

    /** The row with which each segment begins is a multiple of the stride plus this. */
    private int firstStart;

    private int segmentCount;

    /** By segment: where its bytes are in {@code lanes}, how many there are, and which segment follows. */
    private int[] begin = new int[0];

    private int[] byteCount = new int[0];
    private int[] following = new int[0];

    /** What the lanes read: the first one up to {@code laneLength}, and so on. */
    private byte[] lanes = new byte[0];

    private int laneLength;

    /** By lane: the row it is at, and the segment it reads; -1 if there is none left for it. */
    private final int[] rows = new int[LANES];

    private final int[] segments = new int[LANES];
    private int nextSegment;
    private int lanesReading;

    private SortedRotations() {}

    /**
     * Replaces last bytes by the text.
     *
     * @param counts how many there are of each byte
     * @param origin the row of the text
     */
    static void restore(byte[] bytes, int length, int[] counts, int origin) throws InterruptedIOException {
        try {
            IN_USE.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while decompressing");
        }
        try {
            SortedRotations rotations = take();
            rotations.restoreText(bytes, length, counts, origin);
            UNUSED.add(new SoftReference<>(rotations));
        } finally {
            IN_USE.release();
        }
    }

    private static SortedRotations take() {
        for (SoftReference<SortedRotations> next = UNUSED.poll(); next != null; next = UNUSED.poll()) {
            SortedRotations unused = next.get();
            if (unused != null) {
                return unused;
            }
        }
        return new SortedRotations();
    }

    private void restoreText(byte[] bytes, int length, int[] counts, int origin) {
        firstStart = origin % STRIDE;
        segmentCount = (length - firstStart + STRIDE - 1) / STRIDE;
        makeRoom(length);
        link(bytes, length, counts);
        startLanes(length);
        int at = 0;
        while (lanesReading > 0) {
            if (at == laneLength) {
                lengthenLanes(length);
            }
            at = follow(at, length);
        }
        join(bytes, length, origin / STRIDE);
    }

    private void makeRoom(int length) {
        if (later.length <= length) {
            later = new int[length + 1];
        }
        if (begin.length < segmentCount) {
            begin = new int[segmentCount];
            byteCount = new int[segmentCount];
            following = new int[segmentCount];
        }
        int likely = length / LANES + 16 * STRIDE;
        if (laneLength < likely) {
            laneLength = likely;
            lanes = new byte[LANES * likely];
        }
    }

    private void link(byte[] bytes, int length, int[] counts) {
        int[] next = firstRow;
        int row = 0;
        for (int value = 0; value < counts.length; value++) {
            next[value] = row;
            row += counts[value];
        }
        int[] to = later;
        int from = 0;
        for (int start = firstStart; start < length; start += STRIDE) {
            link(bytes, from, start, next, to);
            int value = bytes[start] & 0xff;
            to[next[value]++] = start << Byte.SIZE | value | LAST_OF_SEGMENT;
            from = start + 1;
        }
        link(bytes, from, length, next, to);
        // A row of its own for lanes that are done, which only leads to itself.
        to[length] = length << Byte.SIZE;
    }

    private static void link(byte[] bytes, int from, int end, int[] next, int[] to) {
        for (int i = from; i < end; i++) {
            int value = bytes[i] & 0xff;
            to[next[value]++] = i << Byte.SIZE | value;
        }
    }

    private void startLanes(int length) {
        nextSegment = 0;
        lanesReading = LANES;
        for (int lane = 0; lane < LANES; lane++) {
            startSegment(lane, 0, length);
        }
    }

    private void startSegment(int lane, int at, int length) {
        if (nextSegment == segmentCount) {
            segments[lane] = -1;
            rows[lane] = length;
            lanesReading--;
        } else {
            segments[lane] = nextSegment;
            rows[lane] = firstStart + nextSegment * STRIDE;
            begin[nextSegment] = lane * laneLength + at;
            nextSegment++;
        }
    }

    /** Goes on until a lane has read its segment, or there is no room. Returns how far all lanes are. */
    private int follow(int from, int length) {
        int[] next = later;
        byte[] out = lanes;
        int apart = laneLength;
        int a = rows[0];
        int b = rows[1];
        int c = rows[2];
        int d = rows[3];
        int e = rows[4];
        int f = rows[5];
        int g = rows[6];
        int h = rows[7];
        for (int at = from; at < apart; at++) {
            a = next[a];
            b = next[b];
            c = next[c];
            d = next[d];
            e = next[e];
            f = next[f];
            g = next[g];
            h = next[h];
            out[at] = (byte) a;
            out[at + apart] = (byte) b;
            out[at + 2 * apart] = (byte) c;
            out[at + 3 * apart] = (byte) d;
            out[at + 4 * apart] = (byte) e;
            out[at + 5 * apart] = (byte) f;
            out[at + 6 * apart] = (byte) g;
            out[at + 7 * apart] = (byte) h;
            if ((a | b | c | d | e | f | g | h) < 0) {
                arrive(at + 1, length, a, b, c, d, e, f, g, h);
                return at + 1;
            }
            a >>>= Byte.SIZE;
            b >>>= Byte.SIZE;
            c >>>= Byte.SIZE;
            d >>>= Byte.SIZE;
            e >>>= Byte.SIZE;
            f >>>= Byte.SIZE;
            g >>>= Byte.SIZE;
            h >>>= Byte.SIZE;
        }
        keep(a, b, c, d, e, f, g, h);
        return apart;
    }

    private void keep(int... atRows) {
        System.arraycopy(atRows, 0, rows, 0, LANES);
    }

    private void arrive(int at, int length, int... entries) {
        for (int lane = 0; lane < LANES; lane++) {
            int row = entries[lane] >>> Byte.SIZE & ROW_MASK;
            if (entries[lane] < 0) {
                int segment = segments[lane];
                byteCount[segment] = lane * laneLength + at - begin[segment];
                following[segment] = row / STRIDE;
                startSegment(lane, at, length);
            } else {
                rows[lane] = row;
            }
        }
    }

    /** Where the text repeats itself, or by bad luck, a lane has more to read than others; but never more than all. */
    private void lengthenLanes(int length) {
        int longer = Math.min(2 * laneLength, length);
        byte[] larger = new byte[LANES * longer];
        for (int lane = 0; lane < LANES; lane++) {
            System.arraycopy(lanes, lane * laneLength, larger, lane * longer, laneLength);
        }
        for (int segment = 0; segment < nextSegment; segment++) {
            int lane = begin[segment] / laneLength;
            begin[segment] += lane * (longer - laneLength);
        }
        lanes = larger;
        laneLength = longer;
    }

    private void join(byte[] bytes, int length, int first) {
        int segment = first;
        int at = 0;
        while (at < length) {
            int count = Math.min(byteCount[segment], length - at);
            System.arraycopy(lanes, begin[segment], bytes, at, count);
            at += count;
            segment = following[segment];
        }
    }
}
