package dev.bag.kernel;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.value.Location;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Pushes the records of a part, which is opened when the first one is asked for, or of chunks that are there. */
public final class SourceFeed extends Feed {

    private final Place place;
    private final @Nullable Part<?> part;
    private final LongConsumer onPassedOver;
    private @Nullable Chunks<?> chunks;
    private @Nullable Chunk<?> chunk;

    /**
     * A feed of the part at {@code place}.
     *
     * @param onPassedOver takes the number of bytes that the part has passed over, when it has been read to its end
     */
    public SourceFeed(Place place, Part<?> part, Sink sink, LongConsumer onPassedOver) {
        super(sink);
        this.place = place;
        this.part = part;
        this.onPassedOver = onPassedOver;
    }

    /** A feed of {@code opened}, which it closes. */
    public SourceFeed(Place place, Chunks<?> opened, Sink sink) {
        super(sink);
        this.place = place;
        this.part = null;
        this.onPassedOver = bytes -> {};
        this.chunks = opened;
    }

    @Override
    protected Progress pushNext() throws Throwable {
        Chunk<?> current = chunk == null ? nextChunk() : chunk;
        while (current != null) {
            if (ChunkDrain.pushNext(place, current, sink())) {
                return Progress.NEXT;
            }
            if (isWaiting(current)) {
                return Progress.LATER;
            }
            current = nextChunk();
        }
        return Progress.ENDED;
    }

    @Override
    protected Progress pushAll(StopSign stop) throws Throwable {
        Chunk<?> current = chunk == null ? nextChunk() : chunk;
        while (current != null) {
            if (!ChunkDrain.drain(place, current, sink(), stop)) {
                return sink().wantsMore() ? Progress.NEXT : Progress.ENDED;
            }
            if (isWaiting(current)) {
                return Progress.LATER;
            }
            current = nextChunk();
        }
        return Progress.ENDED;
    }

    private static boolean isWaiting(Chunk<?> chunk) {
        return chunk instanceof Waiting mayWait && mayWait.isWaiting();
    }

    @Override
    protected void whenReady(Runnable ready) {
        if (chunk instanceof Waiting waiting) {
            waiting.whenReady(ready);
        } else {
            super.whenReady(ready);
        }
    }

    private @Nullable Chunk<?> nextChunk() throws Throwable {
        try {
            if (chunks == null && part != null) {
                chunks = part.open();
            }
            if (chunks == null) {
                return null;
            }
            if (chunk != null) {
                chunk.release();
            }
            chunk = chunks.nextChunk();
            if (chunk == null) {
                onPassedOver.accept(chunks.bytesPassedOver());
            }
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
        return chunk;
    }

    @Override
    protected Optional<Location> location() {
        return chunk == null ? Optional.empty() : chunk.location();
    }

    @Override
    protected void closeInput() throws Exception {
        if (chunks != null) {
            try {
                chunks.close();
            } catch (Throwable e) {
                throw place.failure(null, e);
            }
        }
    }
}
