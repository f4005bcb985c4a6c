/**
 * How much memory the runs of a runner keep data in. Nothing is allocated here: sizes are estimated and counted.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Size</b>: about how many bytes an object takes with all that it refers to ({@link dev.bag.memory.ObjectSize}). It
 *       depends on the object only, not on the JVM, so that what is done because of it is the same everywhere.
 *   <li><b>Budget</b>: how many bytes all runs of one runner may count together ({@link dev.bag.memory.MemoryBudget}).
 *   <li><b>Account</b>: what one run has counted of a budget ({@link dev.bag.memory.MemoryAccount}).
 *   <li><b>Offer</b>: something that a run keeps in memory and that any thread may write to disk when memory is short, its
 *       own run's or another one's ({@link dev.bag.memory.MemoryAccount.Spillable}).
 *   <li><b>Gathered</b>: in memory, counted in no account yet, and not spillable. That is bounded by design: each task seals
 *       what it gathers when it has {@linkplain dev.bag.memory.MemoryAccount#taskShare() its share}.
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>Something that can be spilled is <em>gathered</em>, then <em>offered</em>; from then on it is at any time taken by
 * exactly one thread, which spills it, or withdrawn by its owner, or dropped with its account. An account is open or over,
 * and over for ever; an account that is over counts nothing.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees {@code value}, and {@code trait} for objects that say that they take no memory. It is seen by {@code spill},
 * by {@code shuffle} and {@code run.end}, and by the kernel and {@code build} for the size of records. Knows no files,
 * plans, tasks or operators.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.memory;
