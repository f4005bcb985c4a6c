/**
 * Lazy parallel collections: {@link dev.bag.Bag}, {@link dev.bag.KeyedBag}, {@link dev.bag.Delayed} and the
 * {@link dev.bag.Runner} that runs them.
 *
 * <h2>Glossary</h2>
 *
 * <dl>
 *   <dt>record
 *   <dd>One element of a bag; never null. In a keyed bag a record is an entry, which has a key and a value.
 *   <dt>partition
 *   <dd>An ordered run of records. A bag is an ordered list of partitions. They are numbered from 0 in the API and from 1
 *       in messages.
 *   <dt>lazy
 *   <dd>An operator that is lazy describes its result, and computes nothing until an action.
 *   <dt>narrow
 *   <dd>An operator that is narrow keeps the order of the records and the partitions they are in.
 *   <dt>shuffle
 *   <dd>An operator that moves records between partitions, by their keys or in a sort. It ends a stage.
 *   <dt>fold
 *   <dd>A summary of many records that is made in parts, which are merged in their order; see
 *       {@link dev.bag.fold.Fold}.
 *   <dt>action
 *   <dd>A method that runs a plan, such as {@code compute}, {@code take} or {@code forEach}.
 *   <dt>run
 *   <dd>What an action starts: its plan is divided into stages, and the stages into tasks.
 *   <dt>stage
 *   <dd>The operators between two shuffles. They run as one loop over the records.
 *   <dt>task
 *   <dd>What one thread does at a time: a stage for one partition, or for a chunk of one.
 *   <dt>exchange
 *   <dd>What lies between two stages: records that are gathered below it, held, and read by partition above it.
 *   <dt>spill
 *   <dd>To write to disk what a run holds, because memory is short.
 *   <dt>pass
 *   <dd>One reading of the input. Results that are computed together share it.
 * </dl>
 */
@org.jspecify.annotations.NullMarked
package dev.bag;
