/**
 * What one task does with records: fused steps, sinks, feeds.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li><b>Sink</b>: takes records ({@link dev.bag.kernel.Sink}). A <b>link</b> is a sink with others behind it.
 *   <li><b>Step</b>: an operation that makes at most one record of one ({@link dev.bag.kernel.Step}). A <b>chain</b>
 *       is neighbouring steps as one loop ({@link dev.bag.kernel.Chain}).
 *   <li><b>Feed</b>: pushes records into a sink when told to ({@link dev.bag.kernel.Feed}).
 *   <li><b>Port</b>: where pushed records wait to be pulled, by an operator that is a feed itself ({@link
 *       dev.bag.kernel.Port}).
 *   <li><b>Succession</b>: feeds whose records must arrive one feed after the other ({@link
 *       dev.bag.kernel.Succession}).
 *   <li><b>Carried</b>: what an operation carries on from each partition to the next ({@link
 *       dev.bag.kernel.CarryingStep.Carried}).
 *   <li><b>Place</b>: an operator and a partition, for messages ({@link dev.bag.kernel.Operator.Place}).
 *   <li><b>Retention</b>: whether something that is kept may refer to the buffer of a chunk ({@link
 *       dev.bag.kernel.Retention}).
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>A sink takes records until it wants no more or is finished, and is closed in any case. A feed reports NEXT as
 * long as there may be more, LATER when there is nothing to push for now, and ENDED for good; between two calls it
 * holds its place. One thread at a time uses a sink or a feed, not always the same one.
 *
 * <h2>Visibility</h2>
 *
 * <p>It sees the exported packages, {@code trait}, and {@code memory} for the size of records. It knows no plans,
 * tasks or threads. It is seen by {@code shuffle}, {@code run} with what is below it, {@code build}, {@code dev.bag},
 * and for places and labels by {@code stage}.
 */
@org.jspecify.annotations.NullMarked
package dev.bag.kernel;
