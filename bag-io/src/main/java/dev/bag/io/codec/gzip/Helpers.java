package dev.bag.io.codec.gzip;

/** Threads that inflate ahead of readers. */
public interface Helpers {

    /** Returns whether a thread was free for the job, which it does then. */
    boolean offer(Runnable job);

    /** A reader begins, on a thread of its own. */
    void readerBegins();

    /** A reader ends. */
    void readerEnds();

    /** Returns how many there are at most. */
    int most();
}
