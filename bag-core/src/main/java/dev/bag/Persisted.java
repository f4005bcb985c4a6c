package dev.bag;

import dev.bag.build.PlanText;
import dev.bag.plan.Leaf.Read;
import dev.bag.plan.Plan;
import dev.bag.run.Kept;

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
}
