/**
 * Sorting beyond the memory. What is gathered is sorted when it is sealed and is then a <em>run</em> ({@code SortedRun}): a
 * segment that knows the records at its <em>marks</em>. Runs are merged when the sorted bag is read, partition by partition
 * ({@code SortedRuns}); if there are too many, neighbours are merged to one before.
 *
 * <p>Sees what is held. Is seen by {@code gather}, which makes runs, and by what ends and begins stages.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.shuffle.sort;
