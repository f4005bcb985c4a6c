package dev.bag.kernel;

/** What an operation carries on from each partition of a bag to the next. */
public interface Carried {

    /** Remembers how this is now. The returned action puts it back to that, for a partition that is read anew. */
    Runnable mark();
}
