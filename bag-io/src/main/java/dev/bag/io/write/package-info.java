/**
 * Files that are written, whole or not at all. Seen by {@code dev.bag.io} only; knows no records but as bytes.
 *
 * <p>Words. A {@link dev.bag.io.write.Target} is what a user names: one file, or one for each partition. An {@link
 * dev.bag.io.write.OutputFiles} is what one run writes there. A {@link dev.bag.io.write.PieceFile} is a hidden file beside the
 * target, open, which holds what was written of one partition; a {@link dev.bag.io.write.Piece} says what is in it when it is
 * complete. A {@link dev.bag.io.write.RecordFormat} makes bytes of records. {@link dev.bag.io.write.PieceSections} are parts of a piece,
 * filled by several threads. A {@linkplain dev.bag.io.write.KeptPieces kept piece} outlives its run.
 *
 * <p>States of a run's output: it is begun, when everything is checked that can be; pieces are written; it is committed,
 * which renames the pieces, or given up, which deletes them, unless they are kept for the next run.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.write;
