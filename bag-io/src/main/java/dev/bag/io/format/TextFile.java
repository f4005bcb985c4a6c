package dev.bag.io.format;

import static dev.bag.io.codec.Numbers.grouped;

import dev.bag.io.codec.InputFile;
import dev.bag.io.format.RecordMaker.BadRecord;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** One file, as far as a part of it is being read. Its errors say in which line they are. */
public final class TextFile {

    private static final long NOT_COUNTED = -1;

    /** Counts the lines of a file before the part of it that is being read. */
    @FunctionalInterface
    public interface LineCount {

        /** Returns the number of lines, after reading all of them. */
        long count() throws IOException;
    }

    private final InputFile input;
    private final int maxLineBytes;
    private final LineCount countLinesBefore;

    /** The lines before the part: counted when first asked for. Guarded by this. */
    private long linesBefore = NOT_COUNTED;

    /**
     * A part of a file.
     *
     * @param maxLineBytes the most bytes of a line
     * @param countLinesBefore called at most once, and only when something fails
     */
    public TextFile(InputFile input, int maxLineBytes, LineCount countLinesBefore) {
        this.input = input;
        this.maxLineBytes = maxLineBytes;
        this.countLinesBefore = countLinesBefore;
    }

    String name() {
        return input.name();
    }

    int maxLineBytes() {
        return maxLineBytes;
    }

    /** Returns the place of a line, as far as it can be told. */
    Location locate(LineTally tally, long lineInChunk, long offset) {
        try {
            return Location.at(input.name(), linesBefore() + tally.linesBefore() + lineInChunk, offset);
        } catch (IOException e) {
            // The file has gone or changed: the error that is being told matters more than its line.
            return Location.at(input.name(), offset);
        }
    }

    /** Returns the place of a line whose offset is not known. */
    Location place(long line) {
        return new Location(input.name(), OptionalLong.of(line), OptionalLong.empty(), Optional.empty());
    }

    private synchronized long linesBefore() throws IOException {
        if (linesBefore == NOT_COUNTED) {
            linesBefore = countLinesBefore.count();
        }
        return linesBefore;
    }

    /**
     * A line that is no record.
     *
     * @param begin where in the text the offsets of {@code bad} begin
     */
    static SourceException bad(Location line, long begin, BadRecord bad) {
        String place = bad.offset() < 0 ? "" : ", at byte " + grouped(begin + bad.offset());
        return new SourceException(
                line, line + ": " + bad.getMessage() + place + ".\n  " + bad.remedy(), bad.getCause());
    }

    /** A line with too many bytes. */
    SourceException tooLong(Location line) {
        return new SourceException(
                line,
                line + ": the line that begins at byte " + grouped(line.offset().orElse(0)) + " has more than "
                        + grouped(maxLineBytes) + " bytes.\n"
                        + "  If it is meant to be so long, raise the limit with maxLineLength(...).",
                null);
    }
}
