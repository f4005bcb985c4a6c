package dev.bag.io.compress;

import java.io.IOException;

/** Compresses blocks of data that do not depend on each other. One thread at a time uses it. */
public interface BlockCompressor {

    /** How much data a block has at most; each block but the last one of a piece has as much. */
    int mostData();

    /** Gives a block, compressed, to {@code out}, and returns its length then. */
    int compress(byte[] data, int from, int length, ByteOutput out) throws IOException;

    /** Returns whether the end of a file lists the blocks. */
    boolean isListed();

    /** Gives back what is open. Called once, also after a failure. */
    void close();
}
