package dev.bag.io.format;

import static java.util.Objects.requireNonNull;

import dev.bag.io.split.Delimiter;
import dev.bag.source.SourceException;
import org.jspecify.annotations.Nullable;

/** Lines with any line end, in any charset whose line ends can be found among the bytes. */
final class DelimitedLines extends ByteLines {

    private final Delimiter lineEnd;
    private final @Nullable Delimiter carriageReturn;
    private final @Nullable Delimiter droppedMark;
    private final boolean anyLineEnd;

    /** The first line end, and carriage return, that begins at {@code next} or later; {@code limit} if none does. */
    private int nextEnd = -1;

    private int nextReturn = -1;

    /** Where the text of the line that was read last ends. */
    private int textEnd;

    DelimitedLines(
            TextFile file,
            LineTally tally,
            WholeLines reader,
            Encoding encoding,
            byte[] bytes,
            int limit,
            long offset) {
        super(file, tally, reader, encoding, bytes, limit, offset);
        this.lineEnd = requireNonNull(encoding.lineEnd);
        this.carriageReturn = encoding.carriageReturn;
        this.droppedMark = encoding.droppedMark;
        this.anyLineEnd = encoding.anyLineEnd;
    }

    /** The same lines, none of them read. */
    private DelimitedLines(DelimitedLines same) {
        super(same);
        this.lineEnd = same.lineEnd;
        this.carriageReturn = same.carriageReturn;
        this.droppedMark = same.droppedMark;
        this.anyLineEnd = same.anyLineEnd;
    }

    @Override
    public @Nullable String next() throws SourceException {
        while (advance()) {
            if (tooLong(start, textEnd)) {
                throw tooLongHere();
            }
            String line = decode(start, textEnd);
            if (line != null) {
                return beginsWithDroppedMark() ? Encoding.MARK.concat(line) : line;
            }
        }
        return null;
    }

    @Override
    public long countLines() {
        DelimitedLines fresh = new DelimitedLines(this);
        while (fresh.advance()) {
            // only counted
        }
        return fresh.linesRead;
    }

    private boolean beginsWithDroppedMark() {
        return droppedMark != null && textEnd > start && droppedMark.isAt(bytes, start);
    }

    private boolean advance() {
        if (next >= limit) {
            return false;
        }
        start = next;
        linesRead++;
        int end = endFrom(start);
        int loneReturn = anyLineEnd ? returnFrom(start) : limit;
        if (loneReturn < end && (end == limit || loneReturn + lineEnd.length() != end)) {
            textEnd = loneReturn;
            next = loneReturn + lineEnd.length();
        } else {
            textEnd = withoutCarriageReturn(end);
            next = end + lineEnd.length();
        }
        return true;
    }

    private int endFrom(int from) {
        if (nextEnd < from) {
            nextEnd = found(lineEnd, from);
        }
        return nextEnd;
    }

    private int returnFrom(int from) {
        if (nextReturn < from) {
            nextReturn = found(requireNonNull(carriageReturn), from);
        }
        return nextReturn;
    }

    private int found(Delimiter delimiter, int from) {
        int found = delimiter.find(bytes, from, limit);
        return found < 0 ? limit : found;
    }

    /** A last line without a line end ends as it is. */
    private int withoutCarriageReturn(int end) {
        if (carriageReturn == null || end == limit || end - carriageReturn.length() < start) {
            return end;
        }
        int before = end - carriageReturn.length();
        return carriageReturn.isAt(bytes, before) ? before : end;
    }
}
