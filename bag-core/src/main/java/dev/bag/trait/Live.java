package dev.bag.trait;

/**
 * Marks a part whose next record may take any time to come, because code of the user makes it as it is asked: what is
 * there already must not wait for it.
 */
public interface Live {}
