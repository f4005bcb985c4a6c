/**
 * The map side of shuffles, sorts and what is kept. A <em>sink</em> ({@code GatheringSink}) takes the records of one part of
 * the input and adds them to an <em>open buffer</em> ({@code OpenBuffer}): a table that folds by key ({@code EntryTable}),
 * a table of sums ({@code SumTable}, of the numbers in {@code Sums}) or of folds in doubles ({@code DoublesTable}, of those in
 * {@code Doubles}), entries as objects ({@code EntryBuffer}) or as bytes ({@code PackedBuffer}).
 * {@code Targets} alone says where an entry goes.
 *
 * <p>An open buffer has three states. Open, it grows and cannot be spilled. Sealed, it has become a segment. Ended while it
 * was small, it waits in a {@code MapOutput} for a small neighbour to become one with; one thread at a time has it.
 *
 * <p>Sees what is held and how it is sorted. Is seen by what ends stages, and by {@code reduce}, which gathers anew what
 * does not fit into memory. Knows no tasks and no threads: a sink belongs to one task.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.shuffle.gather;
