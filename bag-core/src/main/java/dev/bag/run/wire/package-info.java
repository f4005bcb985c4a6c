/**
 * Turns the operations of a stage into sinks and feeds for one task: which step, sink or feed an operation is, and what
 * its records go to.
 *
 * <p><b>Words.</b> An <i>outlet</i> is one way the records of a fragment go on; a <i>junction</i> is all of them.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.run.wire;

