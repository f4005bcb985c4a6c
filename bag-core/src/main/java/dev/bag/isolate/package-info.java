/**
 * Functions in processes of their own, which may crash, leak or hang without taking the run down. Words: a <i>worker</i> is
 * a JVM that calls the function for one record after the other; a <i>crew</i> is the workers that one run has for one
 * function; a <i>frame</i> is a message between a worker and the JVM of the run.
 *
 * <p>A worker is started, is idle, is lent to a call, and ends: with its crew when the run is over, or because it has died,
 * was late, or its result is not wanted any more. It ends itself when its standard input does, so none outlives the JVM of the run.
 *
 * <p>Sees the forms of records, the processes of {@code dev.bag.process} and the scheduler. Seen by {@code dev.bag.build}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.isolate;
