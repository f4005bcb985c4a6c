package dev.bag.shuffle;

import dev.bag.spill.FrameReader;
import java.io.IOException;

/** Entries on disk. */
final class DiskEntries extends Entries {

    private final FrameReader in;
    private final Columns.Shape shape;

    DiskEntries(FrameReader in, Columns.Shape shape) {
        this.in = in;
        this.shape = shape;
    }

    @Override
    public boolean next() throws IOException {
        if (!in.hasNext()) {
            forget();
            return false;
        }
        shape.read(in, this);
        return true;
    }

    /** Where the frame of the next entry begins. */
    long framePosition() {
        return in.framePosition();
    }

    @Override
    public void close() {
        in.close();
    }
}
