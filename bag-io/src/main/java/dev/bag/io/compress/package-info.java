/**
 * Bytes to compressed bytes. {@link dev.bag.io.compress.FileCompression} says how files are compressed, as their names tell; a
 * {@link dev.bag.io.compress.Compressor} makes a piece of a file, which others can follow, or, where a format has blocks, a
 * {@link dev.bag.io.compress.BlockCompressor} each block by itself.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.compress;
