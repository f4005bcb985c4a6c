package dev.bag.shuffle.hold;

/** A part of what the map side of a shuffle leaves: a segment, or small and still open. */
public interface Sealable {

    /** Returns this as a segment. */
    Segment seal() throws Throwable;

    /** Gives this up, with the memory it has counted, because it is not needed. */
    void drop();
}
