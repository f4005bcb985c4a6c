package dev.bag.source;

import dev.bag.value.Location;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run of records, read by one thread at a time.
 *
 * @param <T> the records
 */
public interface Chunk<T> {

    /**
     * Returns the next record, or null after the last one; a record is never null.
     *
     * @throws Exception if the record cannot be made; a {@link SourceException} says where in the input, and after a {@link
     *     BadRecordException} the next call goes on with the record behind it
     */
    @Nullable T next() throws Exception;

    /**
     * Returns where the last record of {@link #next()} begins. Called only if that record has failed, so it may be
     * slow: lines are counted here, not while reading.
     */
    default Optional<Location> location() {
        return Optional.empty();
    }

    /**
     * Returns what says later where the last record of {@link #next()} begins, when further records have been read, and
     * perhaps this chunk was released. Called for each record that is worked on elsewhere, so it should be quick. By default
     * {@link #location()} is asked at once.
     */
    default Supplier<Optional<Location>> locator() {
        Optional<Location> known = location();
        return () -> known;
    }

    /**
     * Makes this chunk independent of its {@link Chunks}, so that it can be read while later chunks are made. Called,
     * if at all, before the first record is read, and only for {@linkplain Part#detachable() detachable} parts.
     *
     * @throws Exception if that is not possible
     */
    default void detach() throws Exception {}

    /**
     * Returns how many records follow, which then count as read, or -1 if that is not known without making them. Must be
     * what calling {@link #next} to the end would come to, so -1 also where one of these calls would fail. Called by what
     * only counts, instead of {@link #next}. By default -1.
     *
     * @throws Exception if the records cannot be counted
     */
    default long countRest() throws Exception {
        return -1;
    }

    /**
     * Returns how many bytes the buffer has to which records of this chunk refer, as a {@link dev.bag.value.View} does; 0 if
     * none do, as by default. The buffer must stay as it is until {@link #release}, and for ever after {@link #leave}.
     */
    default int viewedBytes() {
        return 0;
    }

    /**
     * Gives the buffers back: the chunk is not read any more, and nothing refers to them. Called at most once, by any
     * thread, before the {@link Chunks} are asked for a later chunk or closed, unless the chunk is independent of them.
     */
    default void release() {}

    /**
     * Leaves the buffers to what refers to them: the chunk is not read any more, but something keeps records of it. Called
     * in place of {@link #release}, and only if there are {@link #viewedBytes}.
     */
    default void leave() {}
}
