package dev.bag.run.end;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.OperatorFailure;
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
    private final OrderedMerge<P> merged = new OrderedMerge<>(this::merge);

    StageEnd(Operator operator, Produced output) {
        this.operator = operator;
        this.output = output;
    }

    /** Returns what is there once this is complete. */
    public final Produced output() {
        return output;
    }

    /** A sink for one part of a partition. */
    public abstract Sink newSink(Place place);

    /** What has come to {@code sink}. */
    abstract P partial(Sink sink) throws Throwable;

    /** Two neighbouring parts as one. */
    abstract P merge(P left, P right) throws Throwable;

    /** What has been made of a whole partition, but does not count yet. */
    @FunctionalInterface
    public interface Ready {

        /** Lets it count, by merging it with what its neighbours have left, which it changes: so once only. */
        void deposit() throws Throwable;
    }

    /** Takes what has come to {@code sink}, to which the whole partition was given. */
    public final Ready take(int partition, Sink sink) throws Throwable {
        P part = wrapped(() -> partial(sink));
        return () -> deposit(partition, part);
    }

    /** What has come to {@code sink} does not count, whether it has been taken or not: the partition is read anew. */
    public void discard(Sink sink) {}

    /** Makes ready for a partition that comes in chunks. */
    public PartsOfPartition inParts(int partition) {
        return new MergedParts<>(this, partition);
    }

    /** What the chunks of one partition leave here. */
    public abstract static class PartsOfPartition {

        /** Makes {@code sink} ready for a chunk. */
        public void begin(Sink sink) {}

        /** Returns whether what comes to a sink must be put in the order of chunks; else it is taken in any order. */
        public boolean isInOrder() {
            return false;
        }

        /** Takes what has come to {@code sink}, to which chunk {@code chunk} was given. */
        public void take(int chunk, Sink sink) throws Throwable {}

        /** Returns whether so much has come to {@code sink} that it should be put before more comes. */
        public boolean isFull(Sink sink) {
            return false;
        }

        /** One chunk after the other, in their order. */
        public void append(Sink sink) throws Throwable {}

        /** Several chunks at the same time. */
        public void prepare(Sink sink) throws Throwable {}

        /** One chunk after the other, in their order. */
        public void put(Sink sink) throws Throwable {}

        /** All chunks have been taken, or put. */
        public abstract void complete() throws Throwable;

        /** Gives up what is open, unless this is complete. */
        public void close() throws Exception {}
    }

    /** Parts that are merged in their order, whichever comes first. */
    private static final class MergedParts<P extends @Nullable Object> extends PartsOfPartition {

        private final StageEnd<P> end;
        private final int partition;
        private final OrderedMerge<P> merge;

        private MergedParts(StageEnd<P> end, int partition) {
            this.end = end;
            this.partition = partition;
            this.merge = new OrderedMerge<>(end::merge);
        }

        @Override
        public void take(int chunk, Sink sink) throws Throwable {
            end.wrapped(() -> {
                merge.add(chunk, end.partial(sink));
                return null;
            });
        }

        @Override
        public void complete() throws Throwable {
            end.wrapped(() -> {
                end.merged().add(partition, merge.whole());
                return null;
            });
        }
    }

    /** Lets count what a lane has left somewhere else, once for each lane. */
    @SuppressWarnings({"unchecked", "NullAway"}) // it was left by the same end, whose parts may be null or not
    public final void depositPartial(int lane, @Nullable Object part) throws Throwable {
        deposit(lane, (P) part);
    }

    /** A partition is complete. */
    final void deposit(int partition, P part) throws Throwable {
        wrapped(() -> {
            merged().add(partition, part);
            return null;
        });
    }

    /** All partitions are complete; on the thread that completed the last one. */
    public final void completed() throws Throwable {
        wrapped(() -> {
            complete();
            return null;
        });
    }

    /** Makes the output of what all partitions have come to. */
    abstract void complete() throws Throwable;

    /** What an end throws becomes a failure of its operator. */
    private <R extends @Nullable Object> R wrapped(OperatorFailure.Work<R> work) {
        return OperatorFailure.naming(operator, work);
    }

    final OrderedMerge<P> merged() {
        return merged;
    }
}
