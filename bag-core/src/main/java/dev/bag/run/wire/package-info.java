/**
 * Turns the operations of a stage into sinks and feeds for one task: which step, sink or feed an operation is, and
 * what its records go to.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Outlet</b>: one way the records of a fragment go on ({@link dev.bag.run.wire.Outlet}). It is made once for
 *       a stage and <b>opened</b> for each task, which makes a sink.
 *   <li><b>Junction</b>: all the outlets of a fragment ({@link dev.bag.run.wire.Junction}).
 *   <li><b>Way</b>: one lane of an outlet, to which an outlet in front of it leads.
 *   <li><b>Wish</b>: what a sink wants of the feed that will push into it, such as to be drained after another one.
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>Outlets do not change and are shared by all tasks of a stage. {@link dev.bag.run.wire.TaskBuilder} belongs to
 * one task. It opens what is behind an outlet first, in a loop, so that a deep stage needs no deep stack.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees {@code stage}, plans and the kernel; it knows no threads, memory or files. It is seen by {@code run} and
 * {@code run.end}. An engine that runs stages elsewhere can compile them with it.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.run.wire;
