package dev.bag.kernel;

import dev.bag.memory.ObjectSize;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.trait.Traits.AtHand;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Records in memory, from one place of an array to another. */
public record RecordsPart<T>(Object[] records, int from, int to) implements Part<T>, AtHand {

    private static final int SAMPLE = 64;
    /** Records in a chunk: enough to make handing it on cheap, few enough to be worked on by several threads. */
    private static final int CHUNK = 1024;

    @Override
    public Chunks<T> open() {
        return new Slices<>(records, from, to);
    }

    @Override
    public boolean detachable() {
        return true;
    }

    /** An estimate from at most {@value #SAMPLE} records, evenly spaced. */
    @Override
    public OptionalLong byteCount() {
        int count = to - from;
        int sampled = Math.min(count, SAMPLE);
        if (sampled == 0) {
            return OptionalLong.of(0);
        }
        double sum = 0;
        for (int i = 0; i < sampled; i++) {
            sum += ObjectSize.of(records[from + (int) ((long) count * i / sampled)]);
        }
        return OptionalLong.of((long) (sum / sampled * count));
    }

    private static final class Slices<T> implements Chunks<T> {

        private final Object[] records;
        private final int to;
        private int next;

        Slices(Object[] records, int from, int to) {
            this.records = records;
            this.next = from;
            this.to = to;
        }

        @Override
        public @Nullable Chunk<T> nextChunk() {
            if (next >= to) {
                return null;
            }
            int from = next;
            next = to - from > CHUNK ? from + CHUNK : to;
            return new Slice<>(records, from, next);
        }

        @Override
        public void close() {}
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
