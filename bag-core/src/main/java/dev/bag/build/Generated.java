package dev.bag.build;

import dev.bag.memory.SizeSampler;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import dev.bag.trait.Traits.Live;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of an iterable as a source of one part, in chunks that several threads can work on. A chunk ends after a
 * number of records or of bytes, whichever comes first, so that those that are in flight fit into memory; where it ends
 * depends on the records only. A chunk that is not handed to another thread takes each record when it is asked for.
 */
public record Generated<T>(Iterable<? extends T> records) implements Source<T>, Part<T>, Live {

    /** Records in a chunk: enough to make handing it on cheap, few enough to wait for. */
    private static final int MOST_RECORDS = 1024;

    private static final int MOST_BYTES = 1 << 18;

    /** About what a boxed number takes. */
    private static final int BOXED = 16;

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
        private final SizeSampler sizes = new SizeSampler();
        /** Whether the iterator has failed, which the last chunk tells. */
        private boolean failed;

        Walk(Iterator<? extends T> iterator) {
            this.iterator = iterator;
        }

        @Override
        public @Nullable Chunk<T> nextChunk() {
            return !failed && iterator.hasNext() ? new Window<>(this) : null;
        }

        T next() {
            T record = iterator.next();
            if (record == null) {
                throw new NullPointerException("the iterator answered null, and a record is never null");
            }
            return record;
        }

        long bytes(T record) {
            return record instanceof Long || record instanceof Integer ? BOXED : sizes.of(record);
        }

        @Override
        public void close() {}
    }

    /** The next records of the iterator: asked for one by one, or, when detached, all at once. */
    private static final class Window<T> implements Chunk<T> {

        private final Walk<T> walk;
        private int count;
        private long bytes;
        private @Nullable List<T> detached;
        private int handedOut;
        /** What the iterator has thrown after the detached records. */
        private @Nullable Throwable failure;

        Window(Walk<T> walk) {
            this.walk = walk;
        }

        @Override
        public @Nullable T next() throws Exception {
            List<T> taken = detached;
            if (taken == null) {
                return pull();
            }
            if (handedOut < taken.size()) {
                return taken.get(handedOut++);
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof Exception exception) {
                throw exception;
            }
            return null;
        }

        /** Takes the records of this chunk; a failure is kept, because the records before it come first. */
        @Override
        public void detach() {
            List<T> taken = new ArrayList<>();
            try {
                for (T record = pull(); record != null; record = pull()) {
                    taken.add(record);
                }
            } catch (Exception | StackOverflowError | AssertionError e) {
                failure = e;
                walk.failed = true;
            }
            detached = taken;
        }

        private @Nullable T pull() {
            if (count == MOST_RECORDS || bytes >= MOST_BYTES || !walk.iterator.hasNext()) {
                return null;
            }
            T record = walk.next();
            count++;
            bytes += walk.bytes(record);
            return record;
        }
    }
}
