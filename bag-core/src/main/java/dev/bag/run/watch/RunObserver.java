package dev.bag.run.watch;

import dev.bag.stage.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Told what one run does, by the threads that do it, at the same time. It must neither wait nor throw: no caller
 * expects it to. A stage and a task of it are numbered from 0.
 */
public interface RunObserver {

    /** Returns the number of the run. */
    long run();

    /** Returns the time in nanoseconds, of which only differences mean something. */
    long nanoTime();

    /** The run begins, to compute {@code what}; the others may be asked by any thread until it is over. */
    void started(String what, Supplier<SoFar> soFar, Supplier<Usage> usage);

    /** Returns whether single calls are told as stages, too. */
    boolean hearsCalls();

    /** Returns whether anybody asks for what is read before it counts. */
    boolean asksSoFar();

    /** The first task of a stage is about to begin; the view may be asked by any thread until the run is over. */
    void stageStarted(int stage, int taskCount, StageView view);

    /** All tasks of a stage have ended. */
    void stageEnded(int stage);

    /** A task begins. */
    void taskStarted(int stage, int task);

    /** A further attempt at a task begins. */
    void attemptStarted(int stage, int task);

    /** A task has done all its work; its attempt began and ended at these values of {@link #nanoTime}, as those below. */
    void taskEnded(int stage, int task, long begin, long end);

    /** An attempt at a task has thrown {@code failure}; another one follows, now or later, if attempts are left. */
    void taskFailed(int stage, int task, long begin, long end, Throwable failure, int attemptsLeft);

    /** A record of a task that counts was left out, because of {@code failure}. */
    void recordSkipped(int stage, int task, Throwable failure);

    /** A file was left out, or its end if {@code isCut}, because of {@code failure}. */
    void fileLost(int stage, int task, Throwable failure, boolean isCut);

    /** The run has left out so many records and files; why, for the first ones. Told before the end, if there are any. */
    void leftOut(long records, List<? extends Throwable> first, int files, int cut, List<? extends Throwable> lost);

    /** A worker process has died; the record that it had is given to another one, a few times. */
    void workerDied(String reason);

    /** So many bytes were written to {@code file}. Of what is kept also after the run has ended. */
    void spilled(long bytes, Path file);

    /** The run is over; all that it had is given back. {@code plan} is what it was, or null if it was of calls alone. */
    void ended(@Nullable Throwable failure, Totals totals, @Nullable Program plan);

    /**
     * What a run has read so far.
     *
     * @param records by attempts that may still fail, too
     * @param bytes of sources, also of parts that were not read to their end
     * @param bytesInAll of all parts that are to be read; empty if that is not known
     * @param callsMade how many calls have returned or failed
     * @param calls how many calls are known
     */
    record SoFar(long records, long bytes, OptionalLong bytesInAll, long callsMade, long calls) {

        /** Nothing was read. */
        public static final SoFar NOTHING = new SoFar(0, 0, OptionalLong.empty(), 0, 0);
    }

    /**
     * What a run has done altogether, in attempts that count.
     *
     * @param records read from sources
     * @param bytes of the parts of sources that were read, as far as they are known
     * @param bytesPassedOver bytes of the input that were left out because an option of a source says so
     * @param retries how often a task was run again
     * @param workerDeaths how often a worker process has died
     * @param busy how long threads have worked on it, all together
     * @param peakBytes how much memory it has kept at most
     * @param counts what functions have counted, by the names of counters
     */
    record Totals(
            long records,
            long bytes,
            long bytesPassedOver,
            long retries,
            long workerDeaths,
            Duration busy,
            long peakBytes,
            Map<String, Long> counts) {}

    /**
     * What a run holds and has read.
     *
     * @param records read from sources, as far as it is known
     * @param bytes of the parts of sources that were read
     * @param memoryBytes about how much memory it holds now
     * @param spilledBytes how many bytes it has written to disk
     */
    record Usage(long records, long bytes, long memoryBytes, long spilledBytes) {}

    /** What can be asked of a stage. */
    @FunctionalInterface
    interface StageView {

        /** Returns what it reads, does and is for. */
        String what();

        /** Returns what of a source a task reads, or nothing. */
        default String reads(int task) {
            return "";
        }

        /** Returns what was read so far. */
        default StageAmounts amounts() {
            return StageAmounts.NOTHING;
        }
    }

    /**
     * What the tasks of a stage have read so far, and spilled.
     *
     * @param records of sources and of what earlier stages left, by attempts that count
     * @param bytes of the parts of sources that were read
     * @param spilledBytes how many bytes of what the stage leaves to later ones were written to disk
     */
    record StageAmounts(long records, long bytes, long spilledBytes) {

        /** Nothing. */
        public static final StageAmounts NOTHING = new StageAmounts(0, 0, 0);
    }
}
