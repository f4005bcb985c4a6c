package dev.bag;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Gets the events of the runs of a runner; see {@link Runner.Builder#listener}. Each method does nothing unless it is
 * overridden.
 *
 * <p>A listener changes nothing. It is called on a thread of its own, with one event after the other: the events of a
 * run in their order, those of runs at the same time mixed. When an action returns, its listener has got all of its
 * events, unless it blocks or is slow: an action waits for it at most a second. A listener that is more than 65,536
 * events behind misses those of stages, tasks, skipped records and spilling until it has caught up. The first exception of a listener is
 * logged by the {@link System.Logger} {@code dev.bag}.
 *
 * <p>Runs are numbered within the JVM. Stages and tasks are numbered from 0, within their run and their stage. A stage
 * is what {@link Bag#explain()} calls so, or the call of a function; a task of it is most often one partition. Work
 * between stages, such as merging sorted runs, has no events but those of spilling.
 *
 * <pre>{@code
 * Runner runner = Runner.local()
 *         .listener(new RunListener() {
 *             @Override
 *             public void runEnded(Report report) {
 *                 System.out.println(report.what() + " spilled " + report.spilledBytes() + " bytes");
 *             }
 *         })
 *         .build();
 * }</pre>
 */
public interface RunListener {

    /** A run begins. */
    default void runStarted(RunStarted event) {}

    /** A stage begins, with its first task. */
    default void stageStarted(StageStarted event) {}

    /** All tasks of a stage have ended. A stage that fails or is stopped has no end event. */
    default void stageEnded(StageEnded event) {}

    /** A task begins. */
    default void taskStarted(TaskStarted event) {}

    /**
     * A task has done all its work. A task that is stopped, because the run has failed or its result is known, has no
     * end event.
     */
    default void taskEnded(TaskEnded event) {}

    /** A task has failed. It is run again if attempts are left; otherwise the run has failed. */
    default void taskFailed(TaskFailed event) {}

    /**
     * A record was left out because a policy says so; see {@link Bag#onError}. Comes when the work on its task is over, and
     * only for the work that counts. Of more than 1,000 records that one task leaves out, events come for the first 1,000;
     * {@link Report#leftOut} has the number.
     */
    default void recordSkipped(RecordSkipped event) {}

    /** A file was left out, or its end, because an option of its source says so. */
    default void fileLost(FileLost event) {}

    /**
     * A worker process of {@link Bag#mapIsolated} has died, or was ended because it was late. Its record is given to another
     * one, unless it has ended three of them.
     */
    default void workerDied(WorkerDied event) {}

    /**
     * Something was written to disk. A persisted bag may be written later, when other runs need the memory, so this
     * event may come after the run has ended.
     */
    default void spilled(Spilled event) {}

    /**
     * A run is over: it was successful, failed or was cancelled, or its stream was closed. This is the last event of a
     * run.
     */
    default void runEnded(Report report) {}

    /**
     * A run begins.
     *
     * @param run its number
     * @param what what is computed: the operators from a source to the action
     */
    record RunStarted(long run, String what) {}

    /**
     * A stage begins.
     *
     * @param run the number of the run
     * @param stage the number of the stage
     * @param tasks how many tasks it has
     * @param what what it reads, does and is for: one line of operators
     */
    record StageStarted(long run, int stage, int tasks, String what) {}

    /**
     * A stage has ended.
     *
     * @param run the number of the run
     * @param stage the number of the stage
     */
    record StageEnded(long run, int stage) {}

    /**
     * A task begins.
     *
     * @param run the number of the run
     * @param stage the number of the stage
     * @param task the number of the task
     */
    record TaskStarted(long run, int stage, int task) {}

    /**
     * A task has ended.
     *
     * @param run the number of the run
     * @param stage the number of the stage
     * @param task the number of the task
     * @param elapsed since it began, or its last attempt did, with the time in which it waited for the reader of a stream
     */
    record TaskEnded(long run, int stage, int task, Duration elapsed) {}

    /**
     * A task has failed.
     *
     * @param run the number of the run
     * @param stage the number of the stage
     * @param task the number of the task
     * @param attemptsLeft how many more attempts it has, see {@link Runner.Builder#retries}; 0 when this was the last
     * @param failure what failed, with an empty trace; its cause is what the user's function threw
     */
    record TaskFailed(long run, int stage, int task, int attemptsLeft, BagException failure) {}

    /**
     * A record was left out.
     *
     * @param run the number of the run
     * @param stage the number of the stage
     * @param task the number of the task
     * @param failure what failed and where, with an empty trace; its cause is what the user's function threw
     */
    record RecordSkipped(long run, int stage, int task, BagException failure) {}

    /**
     * A file was left out, or its end.
     *
     * @param run the number of the run
     * @param stage the number of the stage
     * @param task the number of the task
     * @param isCut whether what precedes the failure was read; false if nothing of the file was
     * @param failure what failed and where, with an empty trace
     */
    record FileLost(long run, int stage, int task, boolean isCut, BagException failure) {}

    /**
     * A worker process has died.
     *
     * @param run the number of the run
     * @param reason what it did, with its exit code and the end of what it printed to its error stream
     */
    record WorkerDied(long run, String reason) {}

    /**
     * Something was written to disk.
     *
     * @param run the number of the run that the records belong to
     * @param bytes how many
     * @param file to which file; it is deleted when the run is over or what is persisted is closed
     */
    record Spilled(long run, long bytes, Path file) {}
}
