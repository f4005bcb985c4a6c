package dev.bag;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How far a run is; see {@link Runner.Builder#progress}.
 *
 * @param run the number of the run, as in its {@link Report}
 * @param what what is computed: the operators from a source to the action
 * @param stage what the stage reads and does that is worked on; empty while there is none, as of calls only
 * @param tasksDone how many tasks of the stage have ended
 * @param tasks how many it has
 * @param records how many records were read from sources so far
 * @param bytesRead how many bytes of sources these records were made of, as they are stored: of compressed files the compressed ones. Of
 *     a source that does not tell how far it is ({@link dev.bag.source.Chunks#bytesRead}), those of the parts that have been read to their end
 * @param bytesInAll how many bytes the sources have; empty if that is not known, or if all is in memory
 * @param callsDone how many calls of {@link Delayed} values have returned or failed
 * @param calls how many there are, as far as is known: what a function of {@code flatMap} returns is known when it has returned
 * @param elapsed since the run began
 * @param isOver whether this is the last state of the run, which has succeeded or failed. If it has failed, what was read is at least
 *     what was told before
 */
public record ProgressState(
        long run,
        String what,
        String stage,
        int tasksDone,
        int tasks,
        long records,
        long bytesRead,
        OptionalLong bytesInAll,
        long callsDone,
        long calls,
        Duration elapsed,
        boolean isOver) {

    /** Checks that nothing is null. */
    public ProgressState {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(bytesInAll, "bytesInAll");
        Objects.requireNonNull(elapsed, "elapsed");
    }
}
