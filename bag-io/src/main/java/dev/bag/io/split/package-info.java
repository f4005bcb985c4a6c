/**
 * Which bytes are read as one partition: the files that patterns name, grouped where they are small, cut at record ends
 * where they are large. Seen by {@code format}, {@code archive} and {@code dev.bag.io}.
 *
 * <p>Words. A {@link dev.bag.io.split.FileListing} makes files of names. A {@link dev.bag.io.split.Partitioning} makes
 * {@link dev.bag.io.split.Partitions} of files; each is one {@link dev.bag.io.split.FileSlice}, or several that are whole
 * files. The {@link dev.bag.io.split.Boundaries} of a slice are where its first and its last record really begin, a pure
 * function of the file and the offset; those of a piece of a compressed file, a {@link dev.bag.io.split.UnitRange}, are
 * one of the decompressed bytes. An {@link dev.bag.io.split.EntryChoice} is which entries of an archive are read. All of it is data that can be sent elsewhere, but for the open boundaries.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.split;
