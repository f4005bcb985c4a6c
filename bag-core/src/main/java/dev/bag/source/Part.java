package dev.bag.source;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One partition of a {@link Source}: a description from which its records can be read, from the start, as often as
 * needed.
 *
 * @param <T> the records
 */
public interface Part<T> extends Serializable {

    /**
     * Opens this part at its first record. What is opened here is closed by {@link Chunks#close()}.
     *
     * @throws Exception if it cannot be opened; a {@link SourceException} says where in the input
     */
    Chunks<T> open() throws Exception;

    /**
     * Returns whether making a chunk costs much more than walking it, as decompressing does. Chunks of a pipelined part
     * are made one after the other and, if the operators allow it, worked on by several threads at once.
     */
    default boolean pipelined() {
        return false;
    }

    /**
     * Returns whether {@link Chunk#detach} makes chunks of this part independent of each other, so that some can be worked on
     * while later ones are made. By default, if it is {@link #pipelined()}.
     */
    default boolean detachable() {
        return pipelined();
    }

    /**
     * Returns how many bytes of input this part is, as they are stored: of a compressed file the compressed ones, of
     * records in memory about as many as they take there. Empty if that is not known without opening the part. The same
     * on every call; {@link dev.bag.Bag#repartitionBySize} adds them up.
     */
    default OptionalLong byteCount() {
        return OptionalLong.empty();
    }

    /**
     * Returns what this part reads, such as a file and from where to where, for the report of a run; empty by default. See {@link
     * dev.bag.Report#timeline}.
     */
    default Optional<String> reads() {
        return Optional.empty();
    }

    /** Returns why this part is not split further, for {@code explain()}; empty if no reader would expect it to be. */
    default Optional<String> note() {
        return Optional.empty();
    }
}
