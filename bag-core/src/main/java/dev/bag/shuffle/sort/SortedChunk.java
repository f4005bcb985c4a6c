package dev.bag.shuffle.sort;

import dev.bag.source.Chunk;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of one partition of a sorted bag. */
public final class SortedChunk implements Chunk<Object>, Closeable {

    private final SortedRuns runs;
    private final RunMerge merge;
    private final int nextPartition;
    private long left;
    private boolean ended;

    SortedChunk(SortedRuns runs, RunMerge merge, int nextPartition, long count) {
        this.runs = runs;
        this.merge = merge;
        this.nextPartition = nextPartition;
        this.left = count;
    }

    @Override
    public @Nullable Object next() throws IOException {
        if (left > 0) {
            left--;
            return merge.next();
        }
        if (!ended) {
            runs.check(nextPartition, merge.positions());
            close();
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        merge.close();
    }
}
