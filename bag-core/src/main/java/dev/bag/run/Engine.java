package dev.bag.run;

import dev.bag.source.Chunk;
import dev.bag.stage.Goal;
import dev.bag.stage.Program;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@linkplain Program programs}: what is below a {@code Runner}. An engine owns threads or a cluster, memory,
 * retries, and the listeners of runs. {@link LocalEngine} is the one of this process.
 */
public interface Engine extends AutoCloseable {
    /** Plans a run for {@code goal}, which is no stream; nothing runs yet. */
    Prepared prepare(Goal goal);

    /** Plans a run whose records are read as they come; it begins when the first ones are asked for. */
    RecordReader read(Goal.Stream goal);

    /** Returns how many tasks are worked on at the same time. */
    int parallelism();

    /** Cancels what runs and returns when no function of a plan runs any more. */
    @Override
    void close();

    /** A run that has been planned. It is run once, in one of two ways. */
    interface Prepared {
        /** Runs everything and returns when nothing of it runs any more. */
        Outcome run();

        /** Starts everything; {@code whenOver} is given the outcome on the thread that ends the run. */
        Started start(Consumer<Outcome> whenOver);
    }

    /** A run that has been started. */
    @FunctionalInterface
    interface Started {
        /** Stops the run, which fails with {@code reason} unless it is over. */
        void cancel(Throwable reason);
    }

    /**
     * How a run has ended.
     *
     * @param results the values in the order in which they were asked for, or what is {@linkplain Kept kept}; empty if the
     *     run has failed
     * @param failure why the run has failed, or null
     * @param otherFailures what else has failed
     */
    record Outcome(List<@Nullable Object> results, @Nullable Throwable failure, List<Throwable> otherFailures) {}

    /** Reads the records of one run. One thread at a time uses it. */
    interface RecordReader {
        /** Returns the next records, at least one; null after the last and after a failure. Waits for them. */
        @Nullable Object @Nullable [] next();

        /** Returns the failure, after {@link #next} has returned null; null when all records were read. */
        @Nullable Throwable failure();

        /** Returns what else has failed. */
        List<Throwable> otherFailures();

        /** Stops what still runs and closes what is open. */
        void close() throws Exception;
    }

    /**
     * The partitions of a bag that are kept when the run that computed them is over. Any number of threads may read.
     */
    interface Kept {
        /** Returns the records of a partition; they refer to this, so that it can be reached while they are read. */
        Chunk<Object> open(int partition);

        /** Returns about how many bytes of memory the records of a partition take, wherever they are. */
        long byteCount(int partition);

        /** Returns whether they can be read no more. */
        boolean isClosed();

        /** Ends all reading, and gives back memory and files. */
        void close();

        /** Returns what gives back memory and files, and does not refer to this. */
        Runnable release();
    }

    /** A part of a source that reads a partition of what is kept. */
    interface KeptPart {
        /** Returns what it reads. */
        Kept kept();

        /** Returns which partition. */
        int partition();
    }
}
