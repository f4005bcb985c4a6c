package dev.bag.io.format;

import dev.bag.source.SourceException;
import dev.bag.value.Location;
import org.jspecify.annotations.Nullable;

/** A line that is too long to be read. It is an error, but reading can go on with the line after it. */
final class LongLine<T> extends LineChunk<T> {

    private final long offset;

    LongLine(TextFile file, LineTally tally, long offset) {
        super(file, tally);
        this.offset = offset;
    }

    @Override
    public @Nullable T next() throws SourceException {
        if (linesRead > 0) {
            return null;
        }
        linesRead++;
        throw file.tooLong(locate());
    }

    @Override
    public long countLines() {
        return 1;
    }

    @Override
    Location locate() {
        return file.locate(tally, linesRead, offset);
    }
}
