package dev.bag.trait;

/**
 * An object whose contents are on disk already and stay there for as long as the object can be reached, such as a group
 * larger than the memory. It counts as taking no memory worth mentioning, and a record that refers to it is written with a
 * number in its place, for which reading the record finds the same object again.
 */
public interface OnDisk {}
