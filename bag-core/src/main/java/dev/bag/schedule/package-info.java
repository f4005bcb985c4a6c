/**
 * Runs batches of tasks on threads: order, failure, cancel.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Batch</b>: tasks that become ready together, numbered from 0 ({@link dev.bag.schedule.Batch}).
 *   <li><b>Task</b>: one call of the method of a batch. It never waits for another task.
 *   <li><b>Execution</b>: one run of a graph of batches ({@link dev.bag.schedule.Execution}).
 *   <li><b>Pool</b>: the threads, or none: then the calling thread runs everything ({@link dev.bag.schedule.Pool}).
 *   <li><b>Worker</b>: a thread of a pool. A <b>helper</b> is a thread that works on the execution whose end it
 *       wants.
 *   <li><b>Shift</b>: the work of a thread that belongs to an executor of the user, until there is nothing to do ({@code Shifts}).
 *   <li><b>Seat</b>: what a worker has while it looks for tasks or runs one. A worker that is <b>blocked</b> inside a task
 *       has none; one that <b>stands by</b> waits for one ({@code Workers}).
 *   <li><b>Fork</b>: to add a batch on behalf of a running one, which does not complete before it. To <b>expect</b>
 *       is to promise such a batch, to <b>resume</b> to bring it.
 *   <li><b>Visit</b>: the stay of a thread in an execution ({@code Visit}).
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>A batch waits for those it follows; is ready, and its tasks are claimed one by one; is complete when all tasks
 * and forked batches have ended, which lets its followers become ready. In a batch in order a task that goes on
 * elsewhere is <b>held</b>, and the next one follows when it is <b>released</b>. An execution runs, is stopping after
 * the first failure or a cancel, and is over when no thread is inside.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees no other package: no plans, no records, no memory. It is seen by {@code run}, {@code run.end} and, for
 * the stack traces of failures, {@code dev.bag}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.schedule;
