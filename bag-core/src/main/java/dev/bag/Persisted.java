package dev.bag;

import dev.bag.build.PlanText;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Plan;
import dev.bag.run.Engine;
import dev.bag.run.Engine.Kept;
import dev.bag.source.Chunk;
import dev.bag.source.Chunks;
import dev.bag.source.Part;
import dev.bag.source.Source;
import java.io.NotSerializableException;
import java.util.AbstractList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The records of a bag, computed once by {@link Bag#persist()} and kept until this is closed. {@link #bag()} reads
 * them.
 *
 * <p>They count against the memory of the runner that computed them, and are written to disk when other runs of that
 * runner need it. Any number of runs may read them at once, on any runner, also after the runner that computed them was
 * closed.
 *
 * <p>Call {@link #close()} to release them promptly. If neither this nor a bag made of it can be reached any more, the
 * garbage collector releases them.
 *
 * @param <T> the type of the records
 */
public final class Persisted<T> implements AutoCloseable {

    private static final int MOST_CHARACTERS_OF_A_NAME = 48;

    private final Bag<T> bag;
    private final Kept kept;
    private final String text;

    private Persisted(Bag<T> bag, Kept kept, String text) {
        this.bag = bag;
        this.kept = kept;
        this.text = text;
    }

    /** The records of {@code plan}, which are {@code kept}. */
    static <T> Persisted<T> of(Plan<T> plan, Kept kept) {
        Forgotten.register(kept, kept.release());
        String name = "persisted(" + PlanText.path(plan, MOST_CHARACTERS_OF_A_NAME) + ")";
        PersistedSource<T> source = new PersistedSource<>(name, plan.partitionCount(), kept);
        return new Persisted<>(Bag.of(Read.of(source)), kept, PlanText.line("Persisted", plan));
    }

    /**
     * Returns a bag of the records, in the partitions of the bag that was persisted.
     *
     * <p><b>Lazy.</b> Keeps order and partitions. An action that reads it after {@link #close()} fails.
     */
    public Bag<T> bag() {
        return bag;
    }

    /**
     * Releases the memory and deletes the files. Runs that still read the records fail, or go on with what they have
     * read already. Closing again has no effect.
     */
    @Override
    public void close() {
        kept.close();
    }

    /** Returns in one line what was persisted, and whether it is closed. */
    @Override
    public String toString() {
        return kept.isClosed() ? text + ", closed" : text;
    }

    /** Kept records as a source. */
    private static final class PersistedSource<T> implements Source<T> {

        private static final long serialVersionUID = 1;

        private final String name;
        private final int partitionCount;
        private final transient Kept kept;

        PersistedSource(String name, int partitionCount, Kept kept) {
            this.name = name;
            this.partitionCount = partitionCount;
            this.kept = kept;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Part<T>> parts() {
            return new AbstractList<>() {
                @Override
                public Part<T> get(int index) {
                    return new KeptPart<>(PersistedSource.this, index);
                }

                @Override
                public int size() {
                    return partitionCount;
                }
            };
        }

        private Object writeReplace() throws NotSerializableException {
            throw new NotSerializableException(name + ": what is persisted lives in this process only");
        }

        private record KeptPart<T>(PersistedSource<T> source, int partition) implements Part<T>, Engine.KeptPart {

            @Override
            public Kept kept() {
                return source.kept;
            }

            @Override
            @SuppressWarnings("unchecked") // what was kept are the records of a Plan<T>
            public Chunks<T> open() {
                return Chunks.of((Chunk<T>) source.kept.open(partition));
            }

            @Override
            public OptionalLong byteCount() {
                return OptionalLong.of(source.kept.byteCount(partition));
            }
        }
    }
}
