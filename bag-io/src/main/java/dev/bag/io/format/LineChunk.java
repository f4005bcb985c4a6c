package dev.bag.io.format;

import dev.bag.source.Chunk;
import dev.bag.value.Location;
import java.util.Optional;

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
}
