package dev.bag.kernel;

/** What an operation takes on from each partition of a bag to the next. */
public interface Carried {

    /** Remembers how it is now; what is answered puts it back to that, for a partition that is read anew. */
    Runnable mark();
}
