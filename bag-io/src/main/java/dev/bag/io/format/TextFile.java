package dev.bag.io.format;

import static dev.bag.io.file.Numbers.grouped;

import dev.bag.io.file.InputFile;
import dev.bag.io.file.LineCounts.Preceding;
import dev.bag.io.format.RecordMaker.BadRecord;
import dev.bag.source.BadRecordException;
import dev.bag.value.Location;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One file, as far as a part of it is being read. Its errors say in which line they are. */
public final class TextFile {

    /** Counts what precedes the part. */
    @FunctionalInterface
    public interface Count {

        /** Returns it, after reading all of it. */
        Preceding count() throws IOException;
    }

    private final InputFile input;
    private final int maxLineBytes;
    private final boolean offsetsAreOfFile;
    private final Count countPreceding;

    /** Counted when first asked for. Guarded by this. */
    private @Nullable Preceding preceding;

    private TextFile(InputFile input, int maxLineBytes, boolean offsetsAreOfFile, Count countPreceding) {
        this.input = input;
        this.maxLineBytes = maxLineBytes;
        this.offsetsAreOfFile = offsetsAreOfFile;
        this.countPreceding = countPreceding;
    }

    /**
     * A file, or a part of it of which it is known where in the text it begins.
     *
     * @param maxLineBytes the most bytes of a line
     * @param countPreceding called at most once, and only when something fails
     */
    public static TextFile of(InputFile input, int maxLineBytes, Count countPreceding) {
        return new TextFile(input, maxLineBytes, true, countPreceding);
    }

    /**
     * A part of a file of which it is not known where in the text it begins.
     *
     * @param maxLineBytes the most bytes of a line
     * @param countPreceding called at most once, and only when something fails
     */
    public static TextFile ofPiece(InputFile input, int maxLineBytes, Count countPreceding) {
        return new TextFile(input, maxLineBytes, false, countPreceding);
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
            Preceding before = preceding();
            return location(before.lines() + tally.linesBefore() + lineInChunk, before.bytes() + offset);
        } catch (IOException e) {
            // The file has gone or changed: the error that is being told matters more than its line.
            return offsetsAreOfFile ? input.location(OptionalLong.empty(), OptionalLong.of(offset)) : input.location();
        }
    }

    private Location location(long line, long offset) {
        return input.location(OptionalLong.of(line), OptionalLong.of(offset));
    }

    /** Returns the place of a line whose offset is not known. */
    Location place(long line) {
        return input.location(OptionalLong.of(line), OptionalLong.empty());
    }

    private synchronized Preceding preceding() throws IOException {
        Preceding known = preceding;
        if (known == null) {
            known = countPreceding.count();
            preceding = known;
        }
        return known;
    }

    /**
     * A line that is no record.
     *
     * @param begin where in the part the offsets of {@code bad} begin
     * @param text of the line, as far as it can be shown
     */
    BadRecordException bad(Location line, long begin, BadRecord bad, String text) {
        String place = bad.offset() < 0 ? "" : told(begin + bad.offset());
        return new BadRecordException(
                line, line + ": " + bad.getMessage() + place + ".\n  " + bad.remedy(), bad.getCause(), text);
    }

    private String told(long offset) {
        try {
            return ", at byte " + grouped(preceding().bytes() + offset);
        } catch (IOException e) {
            return offsetsAreOfFile ? ", at byte " + grouped(offset) : "";
        }
    }

    /**
     * A line with too many bytes.
     *
     * @param text the beginning of it
     */
    BadRecordException tooLong(Location line, @Nullable String text) {
        String begin = line.offset().isPresent()
                ? " that begins at byte " + grouped(line.offset().getAsLong())
                : "";
        return new BadRecordException(
                line,
                line + ": the line" + begin + " has more than " + grouped(maxLineBytes) + " bytes.\n"
                        + "  If it is meant to be so long, raise the limit with maxLineLength(...).",
                null,
                text);
    }
}
