/**
 * Which bytes are read as one partition: the files that patterns name, grouped where they are small, cut at record ends
 * where they are large.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.io.split;
