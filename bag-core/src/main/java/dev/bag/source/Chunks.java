package dev.bag.source;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of an opened {@link Part}, in order. One thread at a time uses it, not always the same one.
 *
 * <p>How a part is cut into chunks may depend on the data and on options, never on time, threads or cores: partial
 * results are made for each chunk, and merged in their order.
 *
 * @param <T> the type of the records
 */
public interface Chunks<T> extends AutoCloseable {

    /**
     * Returns the chunks of a part that is one chunk.
     *
     * @param onlyChunk closed with the chunks if it is {@link java.io.Closeable}
     */
    static <T> Chunks<T> of(Chunk<T> onlyChunk) {
        return new OneChunk<>(onlyChunk);
    }

    /**
     * Returns the next chunk, or null after the last one. The chunk before it must not be read any more, unless it was
     * {@linkplain Chunk#detach() detached}.
     *
     * @throws Exception if the input cannot be read; a {@link SourceException} says where in the input
     */
    @Nullable Chunk<T> nextChunk() throws Exception;

    /**
     * Returns how many bytes of the input have been read so far, as {@link Part#byteCount} counts them: never fewer than
     * before, and never more than the part has. By default 0: then they are seen only when all have been read. Asked after
     * {@link #nextChunk()}, so that it can be told how far a run is; so it should be quick.
     */
    default long bytesRead() {
        return 0;
    }

    /**
     * Returns how many bytes of the input were left out because an option of the source says so. Asked once, after
     * {@link #nextChunk()} has returned null and before this is closed; the report of the run has the sum.
     */
    default long bytesPassedOver() {
        return 0;
    }

    /**
     * Returns the files that were left out, or read only as far as they can be, because an option of the source says so.
     * Asked once, before this is closed.
     */
    default List<FileLoss> filesLost() {
        return List.of();
    }

    /** Closes what the part opened. Called once, also after a failure and if not all chunks were wanted. */
    @Override
    void close() throws IOException;
}
