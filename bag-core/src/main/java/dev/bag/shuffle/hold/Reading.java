package dev.bag.shuffle.hold;

/** How entries are read. */
public enum Reading {
    /** For the last time: what is read is given up, and whoever reads it may change it. */
    TAKE,
    /** Others read them, too. */
    KEEP
}
