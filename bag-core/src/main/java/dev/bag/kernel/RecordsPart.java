package dev.bag.kernel;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import org.jspecify.annotations.Nullable;

/** Records in memory, from one place of an array to another. */
public record RecordsPart<T>(Object[] records, int from, int to) implements Part<T> {

    @Override
    public Chunks<T> open() {
        return Chunks.of(new Slice<>(records, from, to));
    }

    private static final class Slice<T> implements Chunk<T> {

        private final Object[] records;
        private final int to;
        private int at;

        Slice(Object[] records, int from, int to) {
            this.records = records;
            this.at = from;
            this.to = to;
        }

        @Override
        @SuppressWarnings("unchecked") // the array was filled from records of type T
        public @Nullable T next() {
            return at < to ? (T) records[at++] : null;
        }
    }
}
