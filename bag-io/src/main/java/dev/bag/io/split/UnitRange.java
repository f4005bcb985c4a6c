package dev.bag.io.split;

import dev.bag.io.codec.UnitInput;
import dev.bag.io.file.ByteInput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The text of a piece of a compressed file: from where its first record begins to where its last one ends.
 *
 * <p>As {@link Boundaries} of decompressed bytes, with one difference. Where the units of a piece begin in the text is not
 * known, and neither is what stands before them; so the boundary of a piece is the end of the first delimiter that lies
 * wholly behind the beginning of its first unit. Both neighbours look for it in the same bytes. The boundary before the
 * first piece is where the text begins, and behind the last unit it is where the text ends. A piece without units, and
 * one in which no record begins, is empty.
 */
public final class UnitRange implements ByteInput {

    private static final int WINDOW_LENGTH = 16 << 10;

    private final UnitInput units;
    private final DelimiterSearch begin;
    private final DelimiterSearch end;

    /** How many bytes of a delimiter may lie before those of the next piece. */
    private final int mostBefore;

    /** Bytes of the range that were read while looking for its beginning: from {@code next} on. */
    private final byte[] window = new byte[WINDOW_LENGTH];

    private int next;
    private int filled;
    private boolean ended;
    private long byteCount;

    private UnitRange(UnitInput units, Delimiter delimiter) {
        this.units = units;
        this.begin = new DelimiterSearch(delimiter);
        this.end = new DelimiterSearch(delimiter);
        this.mostBefore = delimiter.length() - 1;
    }

    /**
     * The text of the first piece.
     *
     * @param delimiter of bytes, each of which may be anywhere
     * @param textBegin the first byte after the byte order mark
     */
    public static UnitRange first(UnitInput units, Delimiter delimiter, int textBegin) throws IOException {
        UnitRange range = new UnitRange(units, delimiter);
        range.skip(textBegin);
        return range;
    }

    /** The text of another piece. Reads up to where it begins. */
    public static UnitRange later(UnitInput units, Delimiter delimiter) throws IOException {
        UnitRange range = new UnitRange(units, delimiter);
        range.findBegin();
        return range;
    }

    /** Returns how many bytes were read. */
    public long byteCount() {
        return byteCount;
    }

    private void skip(int count) throws IOException {
        for (int left = count; left > 0 && !ended; left -= filled) {
            filled = readUnits(window, 0, left);
        }
        next = filled;
    }

    private void findBegin() throws IOException {
        int behind = 0;
        int found = -1;
        while (found < 0 && !ended) {
            filled = readUnits(window, 0, window.length);
            int searched = units.isBehindPiece() ? Math.min(filled, mostBefore - behind) : filled;
            found = begin.find(window, 0, searched);
            if (units.isBehindPiece()) {
                behind += searched;
                ended |= found < 0 && behind == mostBefore;
            }
        }
        next = found < 0 ? filled : found;
    }

    /** Reads up to the end of the range. Returns how many bytes of it were read; 0 at its end. */
    private int readUnits(byte[] into, int from, int length) throws IOException {
        int count = units.read(into, from, length);
        if (count < 0) {
            ended = true;
            return 0;
        }
        int last = units.isBehindPiece() ? end.find(into, from, from + count) : -1;
        if (last < 0) {
            return count;
        }
        ended = true;
        return last - from;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = takeFromWindow(into, from, length);
        if (count == 0 && !ended) {
            count = readUnits(into, from, length);
        }
        byteCount += count;
        return count == 0 ? -1 : count;
    }

    private int takeFromWindow(byte[] into, int from, int length) {
        int count = Math.min(length, filled - next);
        System.arraycopy(window, next, into, from, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        units.close();
    }

    /** Looks for the first delimiter in bytes that come in portions. */
    private static final class DelimiterSearch {

        private final Delimiter delimiter;

        /** The last bytes so far, in which a delimiter may begin. */
        private byte[] before = new byte[0];

        DelimiterSearch(Delimiter delimiter) {
            this.delimiter = delimiter;
        }

        /** Returns the index in these bytes behind the first delimiter, or -1. */
        int find(byte[] bytes, int from, int to) {
            int most = delimiter.length() - 1;
            byte[] across = join(bytes, from, Math.min(to, from + most));
            int found = delimiter.find(across, 0, across.length);
            if (found >= 0) {
                return from + found + delimiter.length() - before.length;
            }
            found = delimiter.find(bytes, from, to);
            if (found >= 0) {
                return found + delimiter.length();
            }
            if (most > 0) {
                byte[] last = to - from >= most ? Arrays.copyOfRange(bytes, to - most, to) : across;
                before = Arrays.copyOfRange(last, Math.max(0, last.length - most), last.length);
            }
            return -1;
        }

        private byte[] join(byte[] bytes, int from, int to) {
            byte[] joined = Arrays.copyOf(before, before.length + to - from);
            System.arraycopy(bytes, from, joined, before.length, to - from);
            return joined;
        }
    }
}
