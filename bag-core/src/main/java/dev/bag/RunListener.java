package dev.bag;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Told what the runs of a runner do; see {@link Runner.Builder#listener}. Implement what you want to be told.
 *
 * <p>A listener changes nothing. It is called on a thread of its own, with one event after the other, those of a run in the
 * order in which they came; runs beside each other mix. When an action returns, the listener has been told all of it. One
 * that blocks or is slow is not waited for longer than half a second, and once it is more than 65,536 events behind, it
 * misses those of stages, tasks and spilling until it has caught up. What it throws is logged, the first time, by the
 * {@link System.Logger} {@code dev.bag}.
 *
 * <p>Runs are numbered, within the JVM. Stages and tasks are numbered from 0, within their run and their stage. A stage is
 * what {@link Bag#explain()} calls so, or the call of a function; a task of it is most often one partition. Of what lies
 * between stages, such as merging sorted runs, only spilling is told.
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

    /** A task begins. */
    default void taskStarted(TaskStarted event) {}

    /** A task has done all its work. One that is stopped, because the run has failed or enough is known, never says so. */
    default void taskEnded(TaskEnded event) {}

    /** A task has failed, and with it the run. */
    default void taskFailed(TaskFailed event) {}

    /**
     * Something was written to disk. Of a bag that is persisted also later, when other runs need the memory; so it may come
     * after the run has ended.
     */
    default void spilled(Spilled event) {}

    /** A run is over: successful, failed, cancelled or, a stream, closed. The last event of a run. */
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
     * @param elapsed since it began, with the time in which it waited for the reader of a stream
     */
    record TaskEnded(long run, int stage, int task, Duration elapsed) {}

    /**
     * A task has failed.
     *
     * @param run the number of the run
     * @param stage the number of the stage
     * @param task the number of the task
     * @param failure what failed, with an empty trace; its cause is what the user's function threw
     */
    record TaskFailed(long run, int stage, int task, BagException failure) {}

    /**
     * Something was written to disk.
     *
     * @param run the number of the run whose records they are
     * @param bytes how many
     * @param file to which file; it is deleted when the run is over or what is persisted is closed
     */
    record Spilled(long run, long bytes, Path file) {}
}
