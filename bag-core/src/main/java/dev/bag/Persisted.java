package dev.bag;

import dev.bag.build.PlanText;
import dev.bag.lower.KeptPartitions;
import dev.bag.plan.Plan;
import dev.bag.plan.Read;
import dev.bag.spill.RunSpace;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The records of a bag, computed once by {@link Bag#persist()} and kept until this is closed. {@link #bag()} reads them.
 *
 * <p>They count against the memory of the runner that computed them, and are written to disk when runs of that runner need
 * it. They may be read by any number of runs at once, on any runner, also after that one was closed. When neither this
 * nor a bag made of it can be reached any more, they go as if this had been closed; close it all the same, because that may
 * take long.
 *
 * @param <T> the records
 */
public final class Persisted<T> implements AutoCloseable {

    private static final int MOST_CHARACTERS_OF_A_NAME = 48;

    private final Bag<T> bag;
    private final KeptPartitions kept;
    private final String text;

    private Persisted(Bag<T> bag, KeptPartitions kept, String text) {
        this.bag = bag;
        this.kept = kept;
        this.text = text;
    }

    /** The records of {@code plan}, which are {@code kept}. */
    static <T> Persisted<T> of(Plan<T> plan, KeptPartitions kept) {
        RunSpace space = kept.space(); // not what is kept, which must become unreachable
        Forgotten.register(kept, () -> close(space));
        String name = "persisted(" + PlanText.path(plan, MOST_CHARACTERS_OF_A_NAME) + ")";
        PersistedSource<T> source = new PersistedSource<>(name, plan.partitionCount(), kept);
        return new Persisted<>(Bag.of(Read.of(source)), kept, PlanText.line("Persisted", plan));
    }

    /**
     * The records as a bag, with the partitions of the one that was persisted. <b>Lazy.</b> An action that reads it after
     * {@link #close()} fails.
     */
    public Bag<T> bag() {
        return bag;
    }

    /**
     * Gives back the memory and deletes the files. Runs that still read the records fail, or go on with what they have got
     * already. Closing again does nothing.
     */
    @Override
    public void close() {
        kept.close();
        close(kept.space());
    }

    private static void close(RunSpace space) {
        try {
            space.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was persisted, in one line, and whether it is closed. */
    @Override
    public String toString() {
        return kept.isClosed() ? text + ", closed" : text;
    }
}
