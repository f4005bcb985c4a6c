/**
 * What becomes of records at the ends of a stage, in this process: folds, and what the next stage reads.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.run.end;

