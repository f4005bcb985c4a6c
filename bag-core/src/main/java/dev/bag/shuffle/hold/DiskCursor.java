package dev.bag.shuffle.hold;

import dev.bag.spill.FrameReader;
import java.io.IOException;

/** Entries on disk. */
final class DiskCursor extends EntryCursor {

    private final FrameReader in;
    private final EntryStore.Shape shape;

    DiskCursor(FrameReader in, EntryStore.Shape shape) {
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
