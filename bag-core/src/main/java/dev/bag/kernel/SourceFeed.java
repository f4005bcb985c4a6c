package dev.bag.kernel;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.value.Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pushes the records of a part, which is opened when the first one is asked for. */
public final class SourceFeed extends Feed {

    private final Operator operator;
    private final Part<?> part;
    private final int partition;
    private final int partitionCount;
    private @Nullable Chunks<?> chunks;
    private @Nullable Chunk<?> chunk;

    /** A feed of partition {@code partition}, from 0, of a source that messages call {@code operator}. */
    public SourceFeed(Operator operator, Part<?> part, int partition, int partitionCount, Sink sink) {
        super(sink);
        this.operator = operator;
        this.part = part;
        this.partition = partition;
        this.partitionCount = partitionCount;
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
        ChunkDrain.drain(operator, current, sink(), stop, partition, partitionCount);
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
        } catch (Throwable e) {
            throw OperatorFailure.in(operator, partition, partitionCount, null, e);
        }
        return chunk == null ? null : read(chunk);
    }

    private @Nullable Object read(Chunk<?> current) throws Throwable {
        try {
            return current.next();
        } catch (Throwable e) {
            throw OperatorFailure.in(operator, partition, partitionCount, null, e);
        }
    }

    private void push(Object record) throws Throwable {
        try {
            sink().accept(record);
        } catch (OperatorFailure e) {
            e.locate(location());
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
            chunks.close();
        }
    }
}
