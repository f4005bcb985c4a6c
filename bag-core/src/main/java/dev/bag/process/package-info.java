/**
 * Programs that records are given to. Words: a <i>command</i> is what is run, as the user says it; a <i>child</i> is its process
 * with those that it has started; a <i>pump</i> is a thread that moves bytes between a stream of a child and this process. All
 * three streams of a child are pumped at the same time, because a program may read and print in any order.
 *
 * <p>A child runs, has ended, or was ended by us: when its time was over, when it printed too much, when the run did not want it
 * any more, or with the JVM.
 *
 * <p>Sees commands, the threads of {@code dev.bag.outside} and the scheduler. Seen by {@code dev.bag.build}, and by {@code
 * dev.bag.isolate} for its processes.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.process;
