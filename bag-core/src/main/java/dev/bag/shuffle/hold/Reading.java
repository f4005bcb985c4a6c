package dev.bag.shuffle.hold;

/** How entries are read. */
public enum Reading {
    /** For the last time: what is read is given up, and its reader may change it. */
    TAKE,
    /** They may be read again. */
    KEEP
}
