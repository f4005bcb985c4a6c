/**
 * Lines out of bytes, and records out of lines. Knows neither how files are compressed, nor which slices of them
 * are read.
 *
 * <p>Words. An {@link dev.bag.io.format.Encoding} is the charset and the line ends of one text. A {@link
 * dev.bag.io.format.ChunkReader} cuts a text into chunks of whole lines: {@link dev.bag.io.format.WholeLines}
 * in a buffer, where line ends can be found among the bytes, {@link dev.bag.io.format.ForwardLines} otherwise. A {@link
 * dev.bag.io.format.LineCursor} walks over the lines in a buffer, and a {@link dev.bag.io.format.RecordMaker} makes a
 * record of each: it is all that a new format has to bring. {@link dev.bag.io.format.TextRecords} and
 * {@link dev.bag.io.format.Utf8Records} make texts. The tally of a chunk says how many lines precede it, and is
 * worked out only when something fails.
 *
 * <p>States of a buffer. It is being filled by its reader; then <i>handed out</i>, still the reader's, until the reader
 * is asked for the next chunk; or it is <i>detached</i>, which gives it to the chunk in it, until the chunk is released
 * and it goes back to {@link dev.bag.io.format.Buffers}. A record never refers to a buffer.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.format;
