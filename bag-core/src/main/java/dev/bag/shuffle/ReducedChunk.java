package dev.bag.shuffle;

import dev.bag.source.Chunk;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of one target of a shuffle. */
public final class ReducedChunk implements Chunk<Object>, Closeable {

    private final Reducer reducer;
    private final Reduced reduced;
    private boolean ended;

    ReducedChunk(Reducer reducer, Reduced reduced) {
        this.reducer = reducer;
        this.reduced = reduced;
    }

    @Override
    public @Nullable Object next() throws Exception {
        try {
            if (!ended && reduced.next()) {
                return reducer.record(reduced.key(), reduced.reduced);
            }
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        close();
        return null;
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            reduced.close();
        }
    }
}
