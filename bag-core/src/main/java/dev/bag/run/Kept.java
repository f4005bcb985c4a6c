package dev.bag.run;

import dev.bag.source.Chunk;

/** The partitions of a bag that are kept when the run that computed them is over. Any number of threads may read. */
public interface Kept {
    /** Returns the records of a partition; they refer to this, so that it can be reached while they are read. */
    Chunk<Object> open(int partition);

    /** Returns about how many bytes of memory the records of a partition take, wherever they are. */
    long byteCount(int partition);

    /** Returns whether they can be read no more. */
    boolean isClosed();

    /** Ends all reading, and gives back memory and files. */
    void close();

    /** Returns what gives back memory and files, and does not refer to this. */
    Runnable release();
}
