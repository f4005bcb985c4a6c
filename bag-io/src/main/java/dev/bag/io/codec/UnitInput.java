package dev.bag.io.codec;

import dev.bag.io.file.ByteInput;

/** The decompressed bytes of the units of a piece of a file, and then of those behind it; see {@code UnitCodec}. */
public interface UnitInput extends ByteInput {

    /**
     * Returns whether the bytes read last are of a unit that begins behind the piece. No read returns bytes of units on
     * both sides; once this is true it stays so.
     */
    boolean isBehindPiece();
}
