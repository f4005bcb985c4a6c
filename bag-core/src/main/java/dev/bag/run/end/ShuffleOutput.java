package dev.bag.run.end;

import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.SpillArea;
import java.io.IOException;

/** What a stage has left for later stages, in segments. Written by the batch that ends the stage, read by those after it. */
public final class ShuffleOutput extends Produced {

    private final SpillArea area;
    private final boolean readsAgain;
    private Segments segments = Segments.NONE;

    /**
     * What is left in {@code area}.
     *
     * @param readsAgain whether a task that fails is run again, and so reads it again
     */
    public ShuffleOutput(SpillArea area, boolean readsAgain) {
        this.area = area;
        this.readsAgain = readsAgain;
    }

    /** Where its files are. */
    public SpillArea area() {
        return area;
    }

    void set(Segments inOrder) {
        segments = inOrder;
    }

    /** Returns the segments. */
    public Segments segments() {
        return segments;
    }

    /** Whether it is read more than once: by several stages, or by a task that is run again. */
    boolean isReadAgain() {
        return readerCount() > 1 || readsAgain;
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
