package dev.bag.run;

import dev.bag.run.Engine.Kept;
import dev.bag.run.end.FarExchange;
import dev.bag.stage.Program;
import dev.bag.value.Storage;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Works through stages in other processes, and keeps there what lies between stages. Everything else of a run, such as calls,
 * the merging of partial results and commits, is done in this process.
 */
public interface Cluster extends AutoCloseable {

    /** Begins a run. */
    Run begin();

    /** Gives back what it has. */
    @Override
    void close();

    /** One run. */
    interface Run extends AutoCloseable {

        /**
         * Works through a stage, as {@link FarStage} does with each of its tasks, and returns when all of them have ended.
         *
         * @param left takes what each task has left, once, by one thread at a time
         * @throws Exception if it cannot be done
         */
        void work(Work work, Left left) throws Exception;

        /** Returns what the {@link dev.bag.stage.EndSpec.Keep} of the last stage has left. */
        Kept kept(Storage storage) throws Exception;

        /**
         * Returns the number, below 0, under which this run reads what an earlier one has kept, in place of that of an exchange;
         * 0 if that lies somewhere else.
         */
        int numberOf(Kept kept);

        /** An exchange will not be read any more. */
        void release(int exchange);

        /** Stops what still runs. */
        void cancel();

        /** The run is over. */
        @Override
        void close();
    }

    /**
     * A stage and what its tasks need.
     *
     * @param order what each process that works on it needs, as bytes
     * @param parts makes the bytes of what a task reads
     * @param needs says what of exchanges, and of what is kept, a task reads
     */
    record Work(Program.Pass pass, byte[] order, Parts parts, IntFunction<List<FarExchange.Need>> needs) {}

    /** Makes the bytes of what is sent along with a task. */
    @FunctionalInterface
    interface Parts {

        /** Returns for each of the root partitions of a task its part, or null for what an exchange has. */
        List<byte @Nullable []> of(int task) throws Exception;
    }

    /** Takes what a task has left. */
    @FunctionalInterface
    interface Left {

        /** Takes the bytes that {@link FarStage} has returned; false if the task has failed, and the stage with it. */
        boolean take(byte[] left) throws Exception;
    }
}
