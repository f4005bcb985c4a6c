/**
 * Bits of bzip2 to bytes: Julian Seward's format, block by block. Seen by {@code codec} only; knows neither files nor
 * streams, so that a block can be decompressed wherever it is found.
 *
 * <p>Words. A <i>block</i> begins at any bit with {@link dev.bag.io.codec.bzip2.BlockSignature}, and holds up to 900,000
 * bytes of text in which runs are shortened. A {@link dev.bag.io.codec.bzip2.BitReader} gives bits; a {@link
 * dev.bag.io.codec.bzip2.BlockDecoder} makes the bytes of one block after the other of them; a {@link
 * dev.bag.io.codec.bzip2.Bzip2Exception} says what is wrong with the bits.
 *
 * <p>How a block is made, from the text on: runs of 4 to 259 equal bytes become 4 bytes and a count; the
 * Burrows-Wheeler transform sorts what is left; each byte becomes its place in a list that the last ones lead (move to
 * front); runs of place 0 become numbers; and six Huffman codes, changing each 50 symbols, make bits of it. Decoding
 * goes the other way.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.codec.bzip2;
