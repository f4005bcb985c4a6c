/** What does not fit into memory: temporary folders, files of checksummed frames, records of any class as bytes. */
@org.jspecify.annotations.NullMarked
package dev.bag.spill;
