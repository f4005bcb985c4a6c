/**
 * Files as bytes. Sees of bag-io only what a gzip reader keeps for the next one; knows neither how bytes are compressed, nor what
 * they mean, nor which of them are wanted.
 *
 * <p>Words. An {@link dev.bag.io.file.InputFile} is a file as it was when a bag was built, and holds nothing open; its
 * {@link dev.bag.io.file.InputFile.Place} opens it. {@link dev.bag.io.file.FileBytes} is that file, open. A
 * {@link dev.bag.io.file.ByteInput} gives bytes in order: the file itself, or a codec over it. What reading a file has found is
 * kept with it as {@link dev.bag.io.file.Findings}: {@link dev.bag.io.file.KnownUnits} and
 * {@link dev.bag.io.file.LineCounts}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.file;
