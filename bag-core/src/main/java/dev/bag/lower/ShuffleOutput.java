package dev.bag.lower;

import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.SpillArea;
import java.io.IOException;

/** What a stage has left for later stages, in segments. Written by the batch that ends the stage, read by those after it. */
final class ShuffleOutput extends Produced {

    private final SpillArea area;
    private Segments segments = Segments.NONE;

    ShuffleOutput(SpillArea area) {
        this.area = area;
    }

    /** Where its files are. */
    SpillArea area() {
        return area;
    }

    void set(Segments inOrder) {
        segments = inOrder;
    }

    Segments segments() {
        return segments;
    }

    /** Whether it is read more than once: by several stages, or by a task that is run again. */
    boolean isReadAgain() {
        return readerCount() > 1 || area.space().retries() > 0;
    }

    /** How each reader may read it. */
    Reading reading() {
        return isReadAgain() ? Reading.KEEP : Reading.TAKE;
    }

    @Override
    protected void release() throws IOException {
        segments.drop();
        segments = Segments.NONE;
        area.close();
    }
}
