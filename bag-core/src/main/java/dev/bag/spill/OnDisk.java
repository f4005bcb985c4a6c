package dev.bag.spill;

/**
 * What is on disk already, and stays there for as long as this can be reached, such as a group larger than the memory.
 * Where a record with such a thing is written, only a number is, and who reads it gets the same thing again.
 */
public interface OnDisk {}
