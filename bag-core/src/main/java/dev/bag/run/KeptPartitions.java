package dev.bag.run;

import dev.bag.run.Engine.Kept;
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
final class KeptPartitions implements Kept {

    private final RunSpace space;
    /** Null once they are closed. */
    private volatile @Nullable Segments segments;

    /** Those of {@code segments}, whose memory and files are in {@code space}. */
    KeptPartitions(RunSpace space, Segments segments) {
        this.space = space;
        this.segments = segments;
    }

    @Override
    public Chunk<Object> open(int partition) {
        return new Records(partition);
    }

    @Override
    public long byteCount(int partition) {
        Segments kept = segments;
        return kept == null ? 0 : kept.with(partition).bytes(partition);
    }

    @Override
    public boolean isClosed() {
        return segments == null;
    }

    @Override
    public void close() {
        segments = null;
        RunScope.close(space);
    }

    @Override
    public Runnable release() {
        RunSpace released = space; // not this, which must become unreachable
        return () -> RunScope.close(released);
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
