package dev.bag.io.format;

import dev.bag.io.format.RecordMaker.BadRecord;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records of lines that are decoded already. */
final class ListedLines<T> extends LineChunk<T> {

    /**
     * A line.
     *
     * @param text of one that is too long the beginning
     * @param wrong the first bytes that are not of the charset; null if there are none
     * @param isTooLong whether it is an error for its length
     */
    record Line(String text, @Nullable MalformedBytes wrong, boolean isTooLong) {}

    private final List<Line> lines;
    private final RecordMaker<T> maker;
    private final long linesBefore;
    private int next;

    ListedLines(TextFile file, LineTally tally, List<Line> lines, RecordMaker<T> maker, long linesBefore) {
        super(file, tally);
        this.lines = lines;
        this.maker = maker.forOneBuffer();
        this.linesBefore = linesBefore;
    }

    @Override
    public @Nullable T next() throws SourceException {
        while (next < lines.size()) {
            Line line = lines.get(next++);
            linesRead++;
            T record = make(line);
            if (record != null) {
                return record;
            }
        }
        return null;
    }

    private @Nullable T make(Line line) throws SourceException {
        if (line.isTooLong) {
            throw file.tooLong(locate(), line.text);
        }
        try {
            return maker.make(line.text, line.wrong);
        } catch (BadRecord e) {
            throw file.bad(locate(), 0, e, line.text);
        }
    }

    @Override
    public long countLines() {
        return lines.size();
    }

    @Override
    public Supplier<Optional<Location>> locator() {
        long line = linesBefore + linesRead;
        return () -> Optional.of(file.place(line));
    }

    @Override
    Location locate() {
        return file.place(linesBefore + linesRead);
    }
}
