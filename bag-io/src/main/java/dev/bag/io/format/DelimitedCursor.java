package dev.bag.io.format;

import static java.util.Objects.requireNonNull;

import dev.bag.io.split.Delimiter;
import org.jspecify.annotations.Nullable;

/** Lines with any line end, in any charset whose line ends can be found among the bytes. */
final class DelimitedCursor extends LineCursor {

    private final Encoding encoding;
    private final Delimiter lineEnd;
    private final @Nullable Delimiter carriageReturn;
    private final boolean anyLineEnd;

    /** The first line end, and carriage return, that begins at {@code next} or later; {@code limit} if none does. */
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
