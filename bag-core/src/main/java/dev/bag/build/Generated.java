package dev.bag.build;

import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an iterable gives out as a source of one part, in chunks that several threads can work on. */
public record Generated<T>(Iterable<? extends T> records) implements Source<T>, Part<T> {

    /** Records in a chunk: enough to make handing it on cheap, few enough to wait for. */
    private static final int CHUNK = 1024;

    @Override
    public String name() {
        return "generated";
    }

    @Override
    public List<Part<T>> parts() {
        return List.of(this);
    }

    @Override
    public Chunks<T> open() {
        return new Walk<>(records.iterator());
    }

    @Override
    public boolean pipelined() {
        return true;
    }

    private static final class Walk<T> implements Chunks<T> {

        private final Iterator<? extends T> iterator;

        Walk(Iterator<? extends T> iterator) {
            this.iterator = iterator;
        }

        @Override
        public @Nullable Chunk<T> nextChunk() {
            return iterator.hasNext() ? new Window<>(iterator) : null;
        }

        @Override
        public void close() {}
    }

    /** The next records of the iterator: asked for one by one, or, when detached, all at once. */
    private static final class Window<T> implements Chunk<T> {

        private final Iterator<? extends T> iterator;
        private @Nullable List<T> detached;
        private int count;

        Window(Iterator<? extends T> iterator) {
            this.iterator = iterator;
        }

        @Override
        public @Nullable T next() {
            if (detached != null) {
                return count < detached.size() ? detached.get(count++) : null;
            }
            return pull();
        }

        @Override
        public void detach() {
            List<T> taken = new ArrayList<>(CHUNK);
            for (T record = pull(); record != null; record = pull()) {
                taken.add(record);
            }
            count = 0;
            detached = taken;
        }

        private @Nullable T pull() {
            if (count == CHUNK || !iterator.hasNext()) {
                return null;
            }
            count++;
            T record = iterator.next();
            if (record == null) {
                throw new NullPointerException("the iterator answered null, and a record is never null");
            }
            return record;
        }
    }
}
