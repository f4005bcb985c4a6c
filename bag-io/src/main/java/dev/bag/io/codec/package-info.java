/**
 * Bytes of files, decompressed where they are compressed. A codec says how compressed bytes become bytes; it knows
 * neither which of them are wanted nor what they mean.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.codec;
