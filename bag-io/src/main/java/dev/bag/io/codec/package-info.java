/**
 * Compressed bytes to bytes. Knows neither which bytes are wanted nor what they mean.
 *
 * <p>Words. {@link dev.bag.io.codec.Decompression} chooses the codec of a file and sets its {@link dev.bag.io.codec.Limits}. A
 * {@link dev.bag.io.codec.Decompressor} makes a stream of decompressed bytes over a
 * {@link dev.bag.io.codec.CompressedStream}: with a library, whose jar is looked for when the first byte is read, or by a
 * decoder of our own, such as {@code Lz4Stream}, which throws what is wrong and leaves the place to {@code LibraryInput}.
 *
 * <p>Most decoders can also read a piece of a file, as {@code dev.bag.io.units} cuts it: a
 * {@link dev.bag.io.codec.UnitInput}, which knows by a {@link dev.bag.io.codec.PieceEnd} where the next piece begins.
 *
 * <p>States of an input: it is open, may end or fail, and then gives the same end or failure again until it is closed.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.codec;
