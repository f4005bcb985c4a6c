/**
 * What becomes of records at the ends of a stage, in this process: the value of a fold, segments that the next stage
 * reads, or records for a reader.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>End</b>: where records of a stage go ({@link dev.bag.run.end.StageEnd}). It makes the last sink of each
 *       task.
 *   <li><b>Partial result</b>: what a sink of an end has come to. Neighbours are merged, as a tree whose shape
 *       depends on their number only ({@code OrderedMerge}).
 *   <li><b>Output</b>: what is there once an end is complete ({@link dev.bag.run.end.Produced}): a value ({@link
 *       dev.bag.run.end.Produced.Cell}) or segments ({@link dev.bag.run.end.SegmentsEnd.ShuffleOutput}).
 *   <li><b>Exchange</b>: an operation between stages: its ends, one for each input, and the parts that are read from
 *       it ({@link dev.bag.run.end.LocalExchange}).
 *   <li><b>Attempt</b>: what writes one partition to a sink of the user, once ({@link dev.bag.run.end.WriteEnd}).
 *   <li><b>Handover</b>: the records of one task of a stream on their way to the reader.
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>An end is open while tasks deposit their partial results, each once; complete when all tasks of the stage have
 * ended; done with when the last stage that reads its output has read it, which gives back its memory and its files.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees plans, the kernel, the shuffle, files, batches of the scheduler, and of {@code run.wire} only where
 * types are forgotten. It knows no stages and no tasks. It is seen by {@code run} only.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.run.end;
