/**
 * Bytes of files, compressed and decompressed. Seen by {@code split}, {@code format}, {@code write} and {@code dev.bag.io};
 * knows neither which bytes are wanted nor what they mean.
 *
 * <p>Words. An {@link dev.bag.io.codec.InputFile} is a file as it was when a bag was built, and holds nothing open;
 * {@link dev.bag.io.codec.FileBytes} is that file, open. A {@link dev.bag.io.codec.ByteInput} gives bytes in order: the file
 * itself, or a codec over it. {@link dev.bag.io.codec.Decompression} chooses the codec and sets its
 * {@link dev.bag.io.codec.Limits}; a {@link dev.bag.io.codec.UnitCodec} can begin inside of a file, and says by a
 * {@link dev.bag.io.codec.Division} whether that is of use. A {@link dev.bag.io.codec.Decompressor} makes a stream of decompressed bytes over a
 * {@link dev.bag.io.codec.CompressedStream}: with a library, whose jar is looked for when the first byte is read, or by a
 * decoder of our own, such as {@code Lz4Stream}, which throws what is wrong and leaves the place to {@code LibraryInput}.
 *
 * <p>For what is written, {@link dev.bag.io.codec.FileCompression} says how; a {@link dev.bag.io.codec.Compressor} makes a piece of a
 * file, which others can follow.
 *
 * <p>States of an input: it is open, may end or fail, and then gives the same end or failure again until it is closed.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.codec;
