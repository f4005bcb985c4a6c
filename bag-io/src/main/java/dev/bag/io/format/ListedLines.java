package dev.bag.io.format;

import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Lines that are decoded already. */
final class ListedLines extends LineChunk {

    /**
     * A line.
     *
     * @param text null if the line is wrong
     * @param failure why it is; null if it is left out for that
     */
    record Line(@Nullable String text, @Nullable SourceException failure) {

        static final Line LEFT_OUT = new Line(null, null);
    }

    private final List<Line> lines;
    private final long linesBefore;
    private int next;

    ListedLines(TextFile file, LineTally tally, List<Line> lines, long linesBefore) {
        super(file, tally);
        this.lines = lines;
        this.linesBefore = linesBefore;
    }

    @Override
    public @Nullable String next() throws SourceException {
        while (next < lines.size()) {
            Line line = lines.get(next++);
            linesRead++;
            if (line.failure != null) {
                throw line.failure;
            }
            if (line.text != null) {
                return line.text;
            }
        }
        return null;
    }

    @Override
    public long countLines() {
        return lines.size();
    }

    @Override
    Location locate() {
        return new Location(
                file.input().name(), OptionalLong.of(linesBefore + linesRead), OptionalLong.empty(), Optional.empty());
    }
}
