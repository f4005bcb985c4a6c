package dev.bag.shuffle;

/** A part of what the map side of a shuffle leaves: sealed, or small and still open. */
public sealed interface Piece permits Segment, OpenPiece {

    /** This as a segment. */
    Segment seal() throws Throwable;

    /** Nobody will need this: it is given up, and the memory it has counted is given back. */
    void drop();
}
