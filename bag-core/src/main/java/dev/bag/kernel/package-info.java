/** What one task does with records: fused steps, sinks, feeds, tables. Knows no tasks and no threads. */
@org.jspecify.annotations.NullMarked
package dev.bag.kernel;

