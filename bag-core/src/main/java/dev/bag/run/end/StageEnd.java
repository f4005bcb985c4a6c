package dev.bag.run.end;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of a stage end in this process: in a fold, or in what the next stage reads.
 *
 * <p><b>States.</b> A sink takes the records of a lane, or of one chunk of it. What has come to it is {@linkplain #partial
 * taken} and {@linkplain #deposit deposited}, once for each lane; what was deposited is merged with its neighbours. When
 * all lanes are deposited the end is {@linkplain #completed completed}, and its {@linkplain #output output} can be read.
 * An attempt at a task that fails {@linkplain #discard discards} its sinks, and nothing was deposited.
 *
 * @param <P> what is left of a part of the records
 */
public abstract class StageEnd<P extends @Nullable Object> {
    private final Operator operator;
    private final Produced output;
    private @Nullable OrderedMerge<P> merged;

    StageEnd(Operator operator, Produced output) {
        this.operator = operator;
        this.output = output;
    }

    /** Returns what is there once this is complete. */
    public final Produced output() {
        return output;
    }

    /** Returns what messages call the operation at this end. */
    public final Operator operator() {
        return operator;
    }

    /** Told before the run how many lanes will come. */
    public final void expect(int laneCount) {
        merged = new OrderedMerge<>(laneCount, this::merge);
    }

    /** Returns a sink for one part of a lane. */
    public abstract Sink newSink(Place place);

    /** What has come to {@code sink}. */
    abstract P partial(Sink sink) throws Throwable;

    /** Two neighbouring parts as one. */
    abstract P merge(P left, P right) throws Throwable;

    /** What has been made of a whole lane, but does not count yet. */
    @FunctionalInterface
    public interface Ready {
        /** Lets it count, by merging it with what its neighbours have left, which it changes: so once only. */
        void deposit() throws Throwable;
    }

    /** Takes what has come to {@code sink}, to which the whole lane was given. */
    public final Ready take(int lane, Sink sink) throws Throwable {
        P part = partial(sink);
        return () -> deposit(lane, part);
    }

    /** What has come to {@code sink} does not count, whether it has been taken or not: the lane is read anew. */
    public void discard(Sink sink) {}

    /** Makes ready for a lane that comes in parts. */
    public final PartsOfPartition<P> inParts(int lane) {
        return new PartsOfPartition<>(this, lane);
    }

    /** A lane is complete. */
    final void deposit(int lane, P part) throws Throwable {
        merged().add(lane, part);
    }

    /** All lanes are complete; on the thread that completed the last one. */
    public abstract void completed() throws Throwable;

    final OrderedMerge<P> merged() {
        if (merged == null) {
            throw new IllegalStateException("the number of lanes is not known yet");
        }
        return merged;
    }
}
