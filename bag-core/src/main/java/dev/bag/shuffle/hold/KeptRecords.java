package dev.bag.shuffle.hold;

import dev.bag.kernel.EvenCut;
import dev.bag.source.Chunk;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that are kept in their order, in memory or on disk, and can be read as often as one likes. */
public final class KeptRecords {

    private final List<Segment> segments;
    /** The number of records before each segment, and of all. */
    private final long[] starts;

    /** The records of {@code segments}. */
    public KeptRecords(List<Segment> segments) {
        this.segments = segments;
        this.starts = new long[segments.size() + 1];
        for (int i = 0; i < segments.size(); i++) {
            starts[i + 1] = starts[i] + segments.get(i).count();
        }
    }

    /** How many there are. */
    public long count() {
        return starts[segments.size()];
    }

    /** The records of part {@code part} when all are cut evenly into {@code parts}. */
    public Chunk<Object> evenly(int part, int parts) {
        EvenCut cut = new EvenCut(count(), parts);
        return new Range(cut.begin(part), cut.end(part));
    }

    /** All records. */
    public Chunk<Object> all() {
        return new Range(0, count());
    }

    private final class Range implements Chunk<Object>, Closeable {

        private final long to;
        private long at;
        private int segment;
        private @Nullable EntryCursor entries;

        Range(long from, long to) {
            this.at = from;
            this.to = to;
        }

        @Override
        public @Nullable Object next() throws IOException {
            if (at == to) {
                close();
                return null;
            }
            EntryCursor current = entries == null ? begin() : entries;
            while (!current.next()) {
                current.close();
                current = segments.get(++segment).openAtMark(0);
            }
            entries = current;
            at++;
            return current.value();
        }

        private EntryCursor begin() throws IOException {
            while (starts[segment + 1] <= at) {
                segment++;
            }
            int within = (int) (at - starts[segment]);
            EntryCursor opened = segments.get(segment).openAtMark(within / Segment.MARK_EVERY);
            for (int skip = within % Segment.MARK_EVERY; skip > 0; skip--) {
                opened.next();
            }
            return opened;
        }

        @Override
        public void close() throws IOException {
            if (entries != null) {
                entries.close();
            }
        }
    }
}
