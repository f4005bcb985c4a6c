package dev.bag.io.codec;

/** The decompressed bytes of the units of a piece of a file, and then of those behind it; see {@link UnitCodec}. */
public interface UnitInput extends ByteInput {

    /**
     * Returns whether the bytes read last are of a unit that begins behind the piece. No read returns bytes of units on
     * both sides; once this is true it stays so.
     */
    boolean isBehindPiece();
}
