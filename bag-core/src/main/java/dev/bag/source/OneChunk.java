package dev.bag.source;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A part that is one chunk. */
final class OneChunk<T> implements Chunks<T> {

    private final Chunk<T> chunk;
    private boolean handedOut;

    OneChunk(Chunk<T> chunk) {
        this.chunk = chunk;
    }

    @Override
    public @Nullable Chunk<T> nextChunk() {
        if (handedOut) {
            return null;
        }
        handedOut = true;
        return chunk;
    }

    @Override
    public void close() throws IOException {
        if (chunk instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
