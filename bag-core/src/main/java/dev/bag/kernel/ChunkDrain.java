package dev.bag.kernel;

import dev.bag.source.Chunk;
import org.jspecify.annotations.Nullable;

/** The innermost loop, in one place where the compiler of the JVM sees it whole: every record of a chunk into a sink. */
public final class ChunkDrain {

    private ChunkDrain() {}

    /** Pushes the records of {@code chunk}: true after the last, false when none is wanted or {@code stop} is up. */
    public static boolean drain(Place place, Chunk<?> chunk, Sink sink, Feed.StopSign stop) throws Throwable {
        if (sink instanceof FoldSink fold && fold.onlyCounts() && !stop.isUp()) {
            long rest = countRest(place, chunk);
            if (rest >= 0) {
                fold.add(rest);
                return true;
            }
        }
        while (sink.wantsMore() && !stop.isUp()) {
            if (!pushNext(place, chunk, sink)) {
                return true;
            }
        }
        return false;
    }

    private static long countRest(Place place, Chunk<?> chunk) throws Throwable {
        try {
            return chunk.countRest();
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
    }

    /** Pushes the next record of {@code chunk}, or returns false after the last. */
    static boolean pushNext(Place place, Chunk<?> chunk, Sink sink) throws Throwable {
        @Nullable Object record;
        try {
            record = chunk.next();
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
        if (record == null) {
            return false;
        }
        try {
            sink.accept(record);
        } catch (OperatorFailure e) {
            e.locate(chunk::location);
            throw e;
        }
        return true;
    }
}
