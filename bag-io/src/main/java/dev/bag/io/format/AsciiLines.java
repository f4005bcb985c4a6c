package dev.bag.io.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bag.io.split.Words;
import dev.bag.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Lines that end at the byte 0x0a, in a charset of which ASCII is the lower half: the fast path. While the end of a line
 * is looked for, eight bytes at a time, it is seen whether the line is all ASCII, and then nothing has to be decoded.
 */
final class AsciiLines extends ByteLines {

    private static final byte LINE_FEED = '\n';
    private static final byte CARRIAGE_RETURN = '\r';
    private static final long LINE_FEEDS = Words.repeat(LINE_FEED);

    /**
     * Lines in a buffer.
     *
     * @param limit behind a line feed; or else a line feed stands there, which is not part of the text
     */
    AsciiLines(
            TextFile file,
            LineTally tally,
            WholeLines reader,
            Encoding encoding,
            byte[] bytes,
            int limit,
            long offset) {
        super(file, tally, reader, encoding, bytes, limit, offset);
    }

    @Override
    public @Nullable String next() throws SourceException {
        while (next < limit) {
            start = next;
            linesRead++;
            String line = line(start);
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    private @Nullable String line(int from) throws SourceException {
        int at = from;
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
        return text(from, withoutCarriageReturn(from, end), (seen & Words.HIGH_BITS) == 0);
    }

    /** A last line without a line feed ends as it is. */
    private int withoutCarriageReturn(int from, int end) {
        return end > from && bytes[end - 1] == CARRIAGE_RETURN && end < limit ? end - 1 : end;
    }

    private @Nullable String text(int from, int to, boolean ascii) throws SourceException {
        if (tooLong(from, to)) {
            throw tooLongHere();
        }
        return ascii ? new String(bytes, from, to - from, ISO_8859_1) : decode(from, to);
    }

    @Override
    public long countLines() {
        long ends = Words.count(bytes, 0, limit, LINE_FEED);
        return bytes[limit - 1] == LINE_FEED ? ends : ends + 1;
    }
}
