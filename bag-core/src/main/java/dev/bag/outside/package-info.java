/**
 * Calls of a user's function on threads that are none of the runner's. Words: a <i>call</i> is one record that is given to the
 * function; the <i>window</i> of a partition has the calls that were asked for and have a result that is not taken yet, or none; the
 * <i>limiter</i> says which call starts when, for all windows of a runner.
 *
 * <p>A call waits, runs, is done. It runs as a visit to its {@link dev.bag.schedule.Execution}, which therefore is not over
 * before it has ended, and interrupts it when it stops.
 *
 * <p>Sees what plans are made of, and the scheduler. Seen by {@code dev.bag.build}, which puts calls into plans, and by
 * {@code dev.bag.process} and {@code dev.bag} for its threads.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.outside;
