package dev.bag.shuffle;

import dev.bag.kernel.Sink;

/** The map side of a shuffle in one part of the bag. */
public interface PieceSink extends Sink {

    /** What has come, when no more comes; it may still be {@linkplain #discard discarded}, unless it was changed. */
    Pieces pieces() throws Throwable;

    /** Gives up what has come, with the memory it takes and what of it can be spilled: the part is read anew. */
    void discard();
}
