/**
 * The parts of sources that read files: which slices of which files a part has, and what opens them one after the other. Seen
 * by {@code csv} and {@code dev.bag.io}; knows no option of a user's by its name there.
 *
 * <p>Words. {@link dev.bag.io.parts.LineFiles} is what the options of all formats have in common, and makes bags. A
 * {@link dev.bag.io.parts.TextPart} describes a partition of lines and opens {@link dev.bag.io.parts.SlicesInTurn}, which opens one
 * {@code OpenedSlice} after the other: the place where codecs, boundaries and formats meet. A slice of a compressed file is a
 * {@code CompressedPiece}. Of an archive {@link dev.bag.io.parts.EntriesInTurn} opens one entry after the other in the same
 * way. {@link dev.bag.io.parts.FileLosses} are the files that could not be read, and {@link dev.bag.io.parts.FileNotes} what
 * {@code explain()} says of files.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.parts;
