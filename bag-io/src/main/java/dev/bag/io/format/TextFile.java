package dev.bag.io.format;

import static dev.bag.io.codec.Numbers.grouped;

import dev.bag.io.codec.InputFile;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One file, as far as a part of it is being read. Its errors say in which line they are. */
final class TextFile {

    private static final long NOT_COUNTED = -1;

    private final InputFile input;
    private final TextFormat format;

    /** Where the part begins, if not where the file does; else 0. */
    private final long begin;

    /** The lines before {@code begin}: counted when first asked for. Guarded by this. */
    private long linesBefore = NOT_COUNTED;

    TextFile(InputFile input, TextFormat format, long begin) {
        this.input = input;
        this.format = format;
        this.begin = begin;
    }

    InputFile input() {
        return input;
    }

    TextFormat format() {
        return format;
    }

    /** The place of a line, as far as it can be told. */
    Location locate(LineTally tally, long lineInChunk, long offset) {
        try {
            return Location.at(input.name(), linesBefore() + tally.linesBefore() + lineInChunk, offset);
        } catch (IOException e) {
            // The file has gone or changed: the error that is being told matters more than its line.
            return Location.at(input.name(), offset);
        }
    }

    private synchronized long linesBefore() throws IOException {
        if (linesBefore == NOT_COUNTED) {
            linesBefore = begin == 0 ? 0 : OpenedPiece.countLines(input, format, begin);
        }
        return linesBefore;
    }

    /** The text, if it is right; null if the line is to be left out. */
    @Nullable String checked(ByteLines line, String text, int from, int to) throws SourceException {
        if (format.badBytes() == BadBytes.REPLACE) {
            return text;
        }
        Malformed malformed = Malformed.find(line.bytes, from, to, line.charset);
        if (malformed == null) {
            return text;
        }
        if (format.badBytes() == BadBytes.SKIP_LINE) {
            return null;
        }
        throw malformed(line.locate(), line.offsetOf(malformed.index()), malformed.text());
    }

    /** A line with bytes that are not of its charset. */
    static SourceException malformed(Location line, long offset, String bytes) {
        return new SourceException(
                line,
                line + ": " + bytes + ", at byte " + grouped(offset) + ".\n"
                        + "  Read it with the right charset(...), or with malformed(Malformed.REPLACE) or"
                        + " malformed(Malformed.SKIP).",
                null);
    }

    /** A line with too many bytes. */
    SourceException tooLong(Location line) {
        return new SourceException(
                line,
                line + ": the line that begins at byte " + grouped(line.offset().orElse(0)) + " has more than "
                        + grouped(format.maxLineBytes()) + " bytes.\n"
                        + "  If it is meant to be so long, raise the limit with maxLineLength(...).",
                null);
    }
}
