/**
 * What is told of a run: to an observer, as it happens, and in numbers, when it is asked.
 *
 * <ul>
 *   <li>{@code RunObserver} is told of stages and tasks by the threads that work on them; {@code StageWatch} and its {@code
 *       TaskWatch} tell it of each beginning and end once, and {@code RecordedRun} tells the flight recorder besides.
 *   <li>{@code Tally} belongs to one attempt at a task: what it has read, and what its functions have counted. It is committed to
 *       the {@code StageTally} and the {@code RunTally} when the attempt counts, and forgotten otherwise. {@code TallyOfCalls} is the
 *       same for calls, of which there may be millions.
 * </ul>
 *
 * <p>It sees plans, and what calls and skips are told of; it knows no engine and begins nothing. It is seen by {@code run}
 * and by {@code dev.bag}, which makes listeners, progress and reports of it.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.run.watch;
