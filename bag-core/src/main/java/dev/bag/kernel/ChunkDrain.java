package dev.bag.kernel;

import dev.bag.source.Chunk;
import org.jspecify.annotations.Nullable;

/** The innermost loop: every record of a chunk into a sink. */
public final class ChunkDrain {

    private ChunkDrain() {}

    /** Pushes the records of {@code chunk} until there are none, none is wanted, or {@code stop} is up. */
    public static void drain(Place place, Chunk<?> chunk, Sink sink, Feed.StopSign stop) throws Throwable {
        while (sink.wantsMore() && !stop.isUp()) {
            @Nullable Object record;
            try {
                record = chunk.next();
            } catch (Throwable e) {
                throw place.failure(null, e);
            }
            if (record == null) {
                return;
            }
            try {
                sink.accept(record);
            } catch (OperatorFailure e) {
                e.locate(chunk::location);
                throw e;
            }
        }
    }
}
