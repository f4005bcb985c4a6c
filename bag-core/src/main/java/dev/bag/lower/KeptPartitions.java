package dev.bag.lower;

import dev.bag.shuffle.hold.CursorChunk;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import dev.bag.source.Chunk;
import dev.bag.spill.RunSpace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a bag that are kept when the run that computed them is over. Any number of threads read, whichever
 * run they work for, while others may spill.
 */
public final class KeptPartitions {

    private final RunSpace space;
    /** Null once they are closed. */
    private volatile @Nullable Segments segments;

    KeptPartitions(RunSpace space, Segments segments) {
        this.space = space;
        this.segments = segments;
    }

    /** The records of a partition; they refer to this, so that it can be reached while they are read. */
    public Chunk<Object> open(int partition) {
        return new Records(partition);
    }

    /** About how many bytes of memory the records of a partition take, wherever they are. */
    public long byteCount(int partition) {
        Segments kept = segments;
        return kept == null ? 0 : kept.with(partition).bytes(partition);
    }

    /** Whether they can be read no more. */
    public boolean isClosed() {
        return segments == null;
    }

    /** From now on no reader can begin. */
    public void close() {
        segments = null;
    }

    /** Their memory and files. They go when it is closed; it does not refer to this. */
    public RunSpace space() {
        return space;
    }

    private Segments segments() {
        Segments kept = segments;
        if (kept == null) {
            throw new IllegalStateException("the persisted bag was closed. Close it after the last run that reads it");
        }
        return kept;
    }

    private final class Records extends CursorChunk {

        Records(int partition) {
            super(segments().with(partition).open(partition, Reading.KEEP), space);
        }

        @Override
        public @Nullable Object next() throws Exception {
            try {
                return super.next();
            } catch (IOException e) {
                segments(); // if it was closed, that is why
                throw e;
            }
        }
    }
}
