package dev.bag.kernel;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.value.Location;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Pushes the records of a part, which is opened when the first one is asked for. */
public final class SourceFeed extends Feed {

    private final Place place;
    private final Part<?> part;
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

    @Override
    protected boolean pushNext() throws Throwable {
        @Nullable Object record = chunk == null ? firstOfNextChunk() : read(chunk);
        while (record == null) {
            if (chunk == null) {
                return false;
            }
            record = firstOfNextChunk();
        }
        push(record);
        return true;
    }

    /** As in {@link Feed}, with the loop over a chunk in one place where the compiler can see it whole. */
    @Override
    public void drain(StopSign stop) throws Throwable {
        do {
            Chunk<?> current = chunk;
            if (current != null && sink().wantsMore()) {
                drain(current, stop);
            }
        } while (!stop.isUp() && advance());
    }

    private void drain(Chunk<?> current, StopSign stop) throws Throwable {
        ChunkDrain.drain(place, current, sink(), stop);
    }

    private @Nullable Object firstOfNextChunk() throws Throwable {
        try {
            if (chunks == null) {
                chunks = part.open();
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
        return chunk == null ? null : read(chunk);
    }

    private @Nullable Object read(Chunk<?> current) throws Throwable {
        try {
            return current.next();
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
    }

    private void push(Object record) throws Throwable {
        try {
            sink().accept(record);
        } catch (OperatorFailure e) {
            e.locate(this::location);
            throw e;
        }
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
