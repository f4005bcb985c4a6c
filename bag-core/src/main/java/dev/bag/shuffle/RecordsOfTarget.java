package dev.bag.shuffle;

import dev.bag.source.Chunk;
import dev.bag.spill.RunSpace;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records that were spread to one target, in the order of the input. */
public final class RecordsOfTarget implements Chunk<Object>, Closeable {

    private final Entries entries;
    private final RunSpace space;
    private long released;

    /** Reads them one after the other; holds no more than a frame of what is on disk. */
    public RecordsOfTarget(Segments segments, int target, Reading reading, RunSpace space) {
        this.entries = segments.open(target, reading);
        this.space = space;
    }

    @Override
    public @Nullable Object next() throws IOException {
        if (entries.next()) {
            return entries.value();
        }
        close();
        return null;
    }

    @Override
    public void close() throws IOException {
        entries.close();
        space.release(entries.takenBytes() - released);
        released = entries.takenBytes();
    }
}
