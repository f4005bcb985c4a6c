/**
 * What lies between the stages. A <em>segment</em> ({@code Segment}) holds entries, each a key, a value and a tag or only
 * some of these, in the order of their <em>targets</em>: the partitions of what comes out. Segments are in the order of the
 * input, and that is all that says where an entry belongs.
 *
 * <p>A segment is in memory ({@code EntryStore}) until memory is short, then on disk, and given up in the end; its class says
 * which thread may do what. Entries are read by a <em>cursor</em> ({@code EntryCursor}), either to keep them or to take them:
 * what is taken belongs to the reader, with the memory it counts.
 *
 * <p>Sees the kernel, the memory budget and the files. Is seen by {@code gather}, {@code sort} and {@code reduce}, and by
 * what passes segments from stage to stage.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.shuffle.hold;
