package dev.bag.io.format;

import dev.bag.io.split.Words;

/**
 * Lines that end at the byte 0x0a, in a charset of which ASCII is the lower half: the fast path. While the end of a line
 * is looked for, eight bytes at a time, it is seen whether the line is all ASCII, and then nothing has to be decoded.
 */
final class AsciiCursor extends LineCursor {

    private static final byte LINE_FEED = '\n';
    private static final byte CARRIAGE_RETURN = '\r';
    private static final long LINE_FEEDS = Words.repeat(LINE_FEED);

    /**
     * Lines in a buffer.
     *
     * @param limit behind a line feed; or else a line feed stands there, which is not part of the text
     */
    AsciiCursor(byte[] bytes, int limit) {
        super(bytes, limit);
    }

    @Override
    boolean advance() {
        int at = next;
        if (at >= limit) {
            return false;
        }
        from = at;
        long seen = 0;
        long word = (long) Words.OF_BYTES.get(bytes, at);
        long ends = Words.firstEqual(word, LINE_FEEDS);
        while (ends == 0) {
            seen |= word;
            at += Long.BYTES;
            word = (long) Words.OF_BYTES.get(bytes, at);
            ends = Words.firstEqual(word, LINE_FEEDS);
        }
        seen |= word & Words.below(ends);
        int end = at + Words.index(ends);
        next = end + 1;
        to = withoutCarriageReturn(end);
        ascii = (seen & Words.HIGH_BITS) == 0;
        return true;
    }

    /** A last line without a line feed ends as it is. */
    private int withoutCarriageReturn(int end) {
        return end > from && bytes[end - 1] == CARRIAGE_RETURN && end < limit ? end - 1 : end;
    }

    @Override
    long countRest() {
        long seen = 0;
        long ends = 0;
        int at = next;
        for (; at <= limit - 2 * Long.BYTES; at += 2 * Long.BYTES) {
            long first = (long) Words.OF_BYTES.get(bytes, at);
            long second = (long) Words.OF_BYTES.get(bytes, at + Long.BYTES);
            seen |= first | second;
            ends += Words.countEqual(first, LINE_FEEDS) + Words.countEqual(second, LINE_FEEDS);
        }
        for (; at < limit; at++) {
            seen |= bytes[at];
            ends += bytes[at] == LINE_FEED ? 1 : 0;
        }
        ascii = (seen & Words.HIGH_BITS) == 0;
        return next >= limit || bytes[limit - 1] == LINE_FEED ? ends : ends + 1;
    }

    @Override
    long countLines() {
        long ends = Words.count(bytes, 0, limit, LINE_FEED);
        return bytes[limit - 1] == LINE_FEED ? ends : ends + 1;
    }
}
