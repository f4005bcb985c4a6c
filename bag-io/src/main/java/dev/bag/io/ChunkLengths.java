package dev.bag.io;

import java.io.Serializable;

/**
 * How many bytes a chunk has, unless its first line is longer or the file is smaller.
 *
 * @param plain of a file as it is: what stays in a core's cache between reading and decoding
 * @param decompressed of a compressed file: enough work for another thread to be worth the handing over
 */
record ChunkLengths(int plain, int decompressed) implements Serializable {

    /** What is used unless a test asks otherwise. */
    static final ChunkLengths DEFAULT = new ChunkLengths(256 << 10, 4 << 20);

    /** For files whose chunks are handed to several threads although they are not compressed. */
    static final ChunkLengths HANDED_OVER = new ChunkLengths(1 << 20, 4 << 20);
}
