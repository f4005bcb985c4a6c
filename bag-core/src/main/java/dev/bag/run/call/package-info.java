/**
 * Calls functions with values, as a graph that may grow while it runs.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Task</b>: one value of one run ({@link dev.bag.run.call.CallTask}). Its <b>arguments</b> are the tasks whose
 *       values it needs; it is a <b>follower</b> of each.
 *   <li><b>Settled</b>: there, or failed. What failed fails what follows it, until something recovers, or the run fails.
 *   <li><b>Lane</b>: a thread that takes ready tasks ({@link dev.bag.run.call.CallGraph}). A <b>turn</b> is what one thread
 *       does with tasks ({@code Turn}).
 *   <li><b>Fragment</b>: tasks that are added together ({@code Fragment}). A <b>region</b> is a task with a fragment of its
 *       own: what a function has made, what may be recovered, alternatives ({@code Region}).
 *   <li><b>Open</b>: a graph with regions. Values may be asked for again there, and tasks may become needless.
 *   <li><b>Own call</b>: an attempt on a thread of its own ({@code OwnCall}).
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>A task is asked for, waits for its arguments, is ready, runs, and is settled. One with a region waits again after it
 * has run, and becomes ready a second time. A task that nobody needs any more is settled as a failure, without being run.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees values, {@code schedule}, of the kernel what names a failure, and of {@code stage} what names an operation. It
 * is seen by {@code run} only.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.run.call;
