package dev.bag.shuffle.reduce;

import dev.bag.shuffle.hold.EntryCursor;
import dev.bag.shuffle.hold.ListOnDisk;
import dev.bag.spill.FrameReader;
import dev.bag.spill.RunSpace;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where a target that does not fit into memory is reduced: files that go when it has been read. */
final class ReduceSpace implements AutoCloseable {

    private final Reducer reducer;
    private final RunSpace space;
    private final SpillArea area;
    /** What stays on disk, by the number under which it is written. */
    private final List<ListOnDisk> onDisk = new ArrayList<>();

    /** A space beside {@code shuffled}. */
    ReduceSpace(Reducer reducer, SpillArea shuffled) {
        this.reducer = reducer;
        this.space = shuffled.space();
        this.area = shuffled.beside();
    }

    RunSpace space() {
        return space;
    }

    SpillArea area() {
        return area;
    }

    Reducer reducer() {
        return reducer;
    }

    /** Writes all keys of {@code from} to disk, in their order, and reads them from there. */
    EntryCursor onDisk(EntryCursor from) throws Throwable {
        try (from;
                SpillArea.Output out = Objects.requireNonNull(area.open())) {
            long begin = out.writer().endFrame();
            while (from.next()) {
                out.writer().writeLong(from.tag());
                out.writer().writeRecord(from.key());
                out.writer().endEntry();
                reducer.write(from.value(), out.writer(), onDisk);
            }
            long end = out.writer().endFrame();
            return new Written(area.read(out.file(), begin, end));
        }
    }

    private final class Written extends EntryCursor {

        private final FrameReader in;

        Written(FrameReader in) {
            this.in = in;
        }

        @Override
        public boolean next() throws IOException {
            if (!in.hasNext()) {
                return false;
            }
            tag = in.readLong();
            key = in.readRecord();
            return true;
        }

        @Override
        public void load() throws IOException {
            value = reducer.read(in, onDisk);
        }

        @Override
        public void close() {
            in.close();
        }
    }

    @Override
    public void close() throws IOException {
        area.close();
    }
}
