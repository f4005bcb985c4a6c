/**
 * The reduce side of a shuffle: makes one record of all entries of a key, when a target is read. A {@code Reducer} puts the
 * entries of a target into a <em>table</em> ({@code ReduceTable}) if the memory for it is to be had; otherwise
 * {@code OversizedTarget} divides them on disk until each part fits, or is one key. Either gives the keys in the order in
 * which they were first seen, which their <em>rank</em> says, by a cursor whose value is what was reduced.
 *
 * <p>Sees what is held, and {@code gather} for the entries it divides. Is seen by what begins stages.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.shuffle.reduce;
