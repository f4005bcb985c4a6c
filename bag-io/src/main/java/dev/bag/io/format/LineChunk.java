package dev.bag.io.format;

import dev.bag.source.Chunk;
import dev.bag.value.Location;
import java.util.Optional;

/** Some lines of a file that follow each other. */
public abstract class LineChunk implements Chunk<String> {

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

    /** What messages call the file. */
    public final String fileName() {
        return file.input().name();
    }

    /** Whether the file begins here. */
    public final boolean beginsFile() {
        return tally.isFirst();
    }

    /** The number of the line that {@link #next()} answered last, from 1 in this chunk. */
    public final long lineInChunk() {
        return linesRead;
    }

    /** How many lines there are, those that will be left out as malformed included. Any thread may ask. */
    public abstract long countLines();

    @Override
    public Optional<Location> location() {
        return Optional.of(locate());
    }

    /** Where the line begins that was read last. */
    abstract Location locate();
}
