package dev.bag.run.end;

import dev.bag.schedule.Batch;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is there once a batch has completed. */
public abstract class Produced {

    /** Set while the graph is built. */
    private @Nullable Batch producer;

    private int readerCount;
    /** Those that are not done; counted down by the threads that complete their batches. */
    private final AtomicInteger readers = new AtomicInteger();

    /** It is there after {@code batch}. */
    public final void producedBy(Batch batch) {
        producer = batch;
    }

    /** Makes {@code follower}, which needs it, wait for it. */
    public final void neededBy(Batch follower) {
        readers.incrementAndGet();
        readerCount++;
        if (producer != null) {
            follower.after(producer);
        }
    }

    /** Returns what knows, and holds nothing else, how many bytes of it were written to disk so far, each time that they were. */
    public LongSupplier spilledBytes() {
        return () -> 0;
    }

    /** How many read it; known when the graph is built. */
    final int readerCount() {
        return readerCount;
    }

    /** One reader has read all it wants. The last one lets go of it. */
    public final void doneReading() throws IOException {
        if (readers.decrementAndGet() == 0) {
            release();
        }
    }

    /** It will not be read any more. */
    protected void release() throws IOException {}

    /** The value of one node in one run. Set by the batch that computes it, read by batches that follow that one. */
    public static final class Cell extends Produced implements Supplier<@Nullable Object> {

        private @Nullable Object value;
        private boolean set;

        /** Sets the value. */
        public void set(@Nullable Object newValue) {
            value = newValue;
            set = true;
        }

        /** Returns whether the value is there. */
        public boolean isSet() {
            return set;
        }

        @Override
        public @Nullable Object get() {
            if (!set) {
                throw new IllegalStateException("the value is not there yet");
            }
            return value;
        }
    }
}
