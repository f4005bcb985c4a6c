package dev.bag.io.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.bag.io.split.Delimiter;
import dev.bag.io.split.Words;
import dev.bag.value.Block;
import org.jspecify.annotations.Nullable;

/** Walks over the lines in a buffer. One thread at a time uses it. */
public abstract class LineCursor {

    final byte[] bytes;

    /** The bytes before it are those of whole lines. */
    final int limit;

    /** The bytes of the current line, without its end: from, up to but not including. */
    int from;

    int to;

    /** Where the line after it begins: behind {@code limit} after a last line without an end. */
    int next;

    /** What views of the lines refer to; null while there are none. */
    private @Nullable Block block;

    /** Whether no byte of the current line is above 0x7f, in a charset that has ASCII there. */
    boolean ascii;

    LineCursor(byte[] bytes, int limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    /** Goes to the next line. Returns whether there is one. */
    abstract boolean advance();

    /** Returns how many lines there are, wherever the cursor is. Any thread may ask. */
    abstract long countLines();

    /**
     * Returns how many lines follow the current one, and sets {@link #isAscii()} to whether they are all known to be
     * nothing but ASCII; or returns -1 if they are not counted faster than by going to each. Does not go to any.
     */
    long countRest() {
        return -1;
    }

    /** Goes behind the last line. */
    final void skipRest() {
        from = limit;
        to = limit;
        next = limit;
    }

    /** Returns how many bytes follow the current line. */
    final int restLength() {
        return Math.max(0, limit - next);
    }

    /** Returns whether no line follows the current one. */
    final boolean isAtEnd() {
        return next >= limit;
    }

    /** Returns the buffer as what views refer to, until the lines have been worked on. A view lies within a line. */
    public final Block block() {
        Block known = block;
        if (known == null) {
            known = newBlock();
            block = known;
        }
        return known;
    }

    Block newBlock() {
        return new Block(bytes);
    }

    /** The buffer will be used again: views are worth no more. */
    final void endViews() {
        if (block != null) {
            block.end();
        }
    }

    /** Returns the buffer. It is not to be written to. */
    public final byte[] bytes() {
        return bytes;
    }

    /** Returns the index of the first byte of the current line. */
    public final int from() {
        return from;
    }

    /** Returns the index behind the last byte of the current line, its line end not included. */
    public final int to() {
        return to;
    }

    /** Returns the index of the first byte behind the current line and its end, or the limit. */
    public final int next() {
        return Math.min(next, limit);
    }

    /** Returns the index behind the last byte of all lines. */
    public final int limit() {
        return limit;
    }

    /** Returns true if the line is known to be nothing but ASCII. */
    public final boolean isAscii() {
        return ascii;
    }

    /** Returns the text of a line of which {@link #isAscii()} is true. */
    public final String ascii() {
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    /**
     * Lines that end at the byte 0x0a, in a charset of which ASCII is the lower half: the fast path. While the end of a
     * line is looked for, eight bytes at a time, it is seen whether the line is all ASCII, and then nothing has to be
     * decoded.
     */
    static final class AsciiCursor extends LineCursor {

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

        @Override
        Block newBlock() {
            return Block.ofLines(bytes);
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

    /** Lines with any line end, in any charset whose line ends can be found among the bytes. */
    static final class DelimitedCursor extends LineCursor {

        private final Encoding encoding;
        private final Delimiter lineEnd;
        private final @Nullable Delimiter carriageReturn;
        private final boolean anyLineEnd;

        /**
         * The first line end, and carriage return, that begins at {@code next} or later; {@code limit} if none does.
         */
        private int nextEnd = -1;

        private int nextReturn = -1;

        DelimitedCursor(Encoding encoding, byte[] bytes, int limit) {
            super(bytes, limit);
            this.encoding = encoding;
            this.lineEnd = requireNonNull(encoding.lineEnd);
            this.carriageReturn = encoding.carriageReturn;
            this.anyLineEnd = encoding.anyLineEnd;
        }

        @Override
        long countLines() {
            DelimitedCursor fresh = new DelimitedCursor(encoding, bytes, limit);
            long count = 0;
            while (fresh.advance()) {
                count++;
            }
            return count;
        }

        @Override
        boolean advance() {
            if (next >= limit) {
                return false;
            }
            from = next;
            int end = endFrom(from);
            int loneReturn = anyLineEnd ? returnFrom(from) : limit;
            if (loneReturn < end && (end == limit || loneReturn + lineEnd.length() != end)) {
                to = loneReturn;
                next = loneReturn + lineEnd.length();
            } else {
                to = withoutCarriageReturn(end);
                next = end + lineEnd.length();
            }
            return true;
        }

        private int endFrom(int index) {
            if (nextEnd < index) {
                nextEnd = found(lineEnd, index);
            }
            return nextEnd;
        }

        private int returnFrom(int index) {
            if (nextReturn < index) {
                nextReturn = found(requireNonNull(carriageReturn), index);
            }
            return nextReturn;
        }

        private int found(Delimiter delimiter, int index) {
            int found = delimiter.find(bytes, index, limit);
            return found < 0 ? limit : found;
        }

        /** A last line without a line end ends as it is. */
        private int withoutCarriageReturn(int end) {
            if (carriageReturn == null || end == limit || end - carriageReturn.length() < from) {
                return end;
            }
            int before = end - carriageReturn.length();
            return carriageReturn.isAt(bytes, before) ? before : end;
        }
    }
}
