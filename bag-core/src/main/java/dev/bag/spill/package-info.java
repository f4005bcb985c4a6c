/**
 * Memory and disk of runs: a budget, and for what does not fit temporary folders, files of checksummed frames, records of
 * any class as bytes. Knows no plans, tasks or operators.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.spill;

