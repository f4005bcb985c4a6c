/** Memory and disk of runs: a budget, files of frames, and how records are written. Knows no plans, tasks or operators. */
@org.jspecify.annotations.NullMarked
package dev.bag.spill;
