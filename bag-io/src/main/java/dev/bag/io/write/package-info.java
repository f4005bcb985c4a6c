/**
 * Files that are written, whole or not at all. Seen by {@code dev.bag.io} only; knows no records but as bytes.
 *
 * <p>Words. A {@link dev.bag.io.write.Target} is what a user names: one file, or one for each partition. An {@link
 * dev.bag.io.write.OutputFiles} is what one run writes there. A {@link dev.bag.io.write.PieceFile} is a hidden file beside the
 * target, open, which holds what was written of one partition; a {@link dev.bag.io.write.Piece} says what is in it when it is
 * complete. {@link dev.bag.io.write.RecordBytes} makes bytes of records.
 *
 * <p>States of a run's output: it is begun, when everything is checked that can be; pieces are written; it is committed,
 * which renames the pieces, or given up, which deletes them.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.write;
