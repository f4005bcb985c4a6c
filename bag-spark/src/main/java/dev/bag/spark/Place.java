package dev.bag.spark;

import java.io.Serializable;

/**
 * Where the targets of one side of an exchange lie.
 *
 * @param shuffle the number of the shuffle among those a stage reads
 * @param first the partition that has the first target
 */
record Place(int shuffle, int first) implements Serializable {}
