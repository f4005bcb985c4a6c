/**
 * Runs programs. {@link dev.bag.run.Engine} is what a runner needs of whatever runs them; {@link
 * dev.bag.run.LocalEngine} is the engine of this process. It turns the steps of a program into batches of the
 * scheduler, and is the only place that knows plans as well as threads.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Run</b>: what an action starts ({@code LocalRun}, or {@code Streaming} if records are read as they come).
 *       Its <b>scope</b> is what it has around it while it lasts: memory, disk, an observer ({@code RunScope}).
 *   <li><b>Lowering</b>: making batches of a program ({@code Lowering}). A {@code LocalStage} is a stage with all
 *       that its tasks need in this process.
 *   <li><b>Task</b>: what is worked on by one thread at a time: the root partitions that belong together, or one
 *       chunk of one. It is resumable: the scheduler may run it in several stretches, on different threads ({@code
 *       OpenTask}).
 *   <li><b>Attempt</b>: one try at a task, from its source ({@code Attempts}).
 *   <li><b>Pipeline</b>: one root partition whose chunks are costly to make. One thread makes them, others work on
 *       them.
 *   <li><b>Lane of a stream</b>: a chain of tasks of which one at a time exists. There are as many as threads.
 *   <li><b>Kept</b>: the partitions that a run leaves behind when it is over ({@link dev.bag.run.Engine.Kept}).
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>A run is prepared, started, and over; then nothing of it runs, and all it had open is closed. A task that has
 * nothing to push for now is suspended among the {@code OpenThings} of its run until a further task goes on with it.
 * In the end it has left its partial results, or it is discarded: it is tried again, or fails the run. Where an
 * earlier record may decide the result, a failure waits for the tasks before it ({@code InReadingOrder}).
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees {@code stage}, {@code schedule}, the packages below it and what these use. It is seen by
 * {@code dev.bag} only.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.run;
