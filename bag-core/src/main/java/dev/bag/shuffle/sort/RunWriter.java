package dev.bag.shuffle.sort;

import dev.bag.shuffle.hold.Segment;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Writes sorted records to disk, as a segment. */
final class RunWriter implements AutoCloseable {

    private final SpillArea area;
    private final SpillArea.Output out;
    private final List<Object> samples = new ArrayList<>();
    private long[] marks = new long[8];
    private int count;

    RunWriter(SpillArea area) throws IOException {
        this.area = area;
        this.out = Objects.requireNonNull(area.open());
    }

    void write(Object record) throws IOException {
        if (count % Segment.MARK_EVERY == 0) {
            mark(record);
        }
        out.writer().writeRecord(record);
        out.writer().endEntry();
        count++;
    }

    private void mark(Object record) throws IOException {
        int number = count / Segment.MARK_EVERY;
        if (number == marks.length) {
            marks = Arrays.copyOf(marks, number * 2);
        }
        marks[number] = out.writer().endFrame();
        if (number > 0) {
            samples.add(record);
        }
    }

    /** What was written; {@code bytes} is about what it would take in memory. */
    SortedRun seal(long bytes) throws IOException {
        return SortedRun.onDisk(area, out.file(), count, marks, out.writer().endFrame(), samples.toArray(), bytes);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
