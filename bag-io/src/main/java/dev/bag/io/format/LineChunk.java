package dev.bag.io.format;

import dev.bag.source.Chunk;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records of some lines of a file that follow each other.
 *
 * @param <T> the records
 */
public abstract class LineChunk<T> implements Chunk<T>, LineTally.Lines {

    /** The file, and what is known of its lines. */
    final TextFile file;

    /** How many lines precede this chunk; asked only for messages. */
    final LineTally tally;

    /** How many lines were read, those that were left out as malformed included. */
    long linesRead;

    LineChunk(TextFile file, LineTally tally) {
        this.file = file;
        this.tally = tally;
    }

    /** Returns what messages call the file. */
    public final String fileName() {
        return file.name();
    }

    /** Returns whether the file begins here. */
    public final boolean beginsFile() {
        return tally.isFirst();
    }

    /** Returns the number of the line that {@link #next()} returned last, from 1 in this chunk. */
    public final long lineInChunk() {
        return linesRead;
    }

    @Override
    public final long linesRead() {
        return linesRead;
    }

    @Override
    public Optional<Location> location() {
        return Optional.of(locate());
    }

    /** Returns where the line begins that was read last. */
    abstract Location locate();

    /** A line that is too long to be read. It is an error, but reading can go on with the line after it. */
    static final class LongLine<T> extends LineChunk<T> {

        private final long offset;
        private final String begin;

        LongLine(TextFile file, LineTally tally, long offset, String begin) {
            super(file, tally);
            this.offset = offset;
            this.begin = begin;
        }

        @Override
        public @Nullable T next() throws SourceException {
            if (linesRead > 0) {
                return null;
            }
            linesRead++;
            throw file.tooLong(locate(), begin);
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
}
