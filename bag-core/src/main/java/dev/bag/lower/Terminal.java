package dev.bag.lower;

import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of a stage end: in a fold, or in what the next stage reads.
 *
 * @param <P> what is left of a part of the records
 */
abstract class Terminal<P extends @Nullable Object> implements Outlet {

    private Plan<?> input;
    private final Operator operator;
    private final Produced output;
    private Place.@Nullable Numbering numbering;
    private @Nullable OrderedMerge<P> merged;

    Terminal(Plan<?> input, Operator operator, Produced output) {
        this.input = input;
        this.operator = operator;
        this.output = output;
    }

    /** What is there once this is complete. */
    final Produced output() {
        return output;
    }

    final Plan<?> input() {
        return input;
    }

    /** Ends an equal plan instead. Before the stage is compiled. */
    final void moveTo(Plan<?> equalInput) {
        input = equalInput;
    }

    final Operator operator() {
        return operator;
    }

    /** Told before the run how many partitions will come. */
    final void expect(int leafCount, Place.Numbering of) {
        numbering = of;
        merged = new OrderedMerge<>(this::merge);
    }

    private Place.Numbering numbering() {
        if (numbering == null) {
            throw new IllegalStateException("the number of partitions is not known yet");
        }
        return numbering;
    }

    /** What is done here with the records, for people. */
    abstract String verb();

    /** Whether the partitions must come as the plan counts them. */
    boolean needsPartitions() {
        return false;
    }

    @Override
    public final @Nullable Sink open(UnitBuilder unit, int partition) {
        Sink sink = newSink(new Place(operator, partition, numbering()));
        unit.addEnd(this, partition, sink);
        return sink;
    }

    /** A sink for one part of a partition. */
    abstract Sink newSink(Place place);

    /** What has come to {@code sink}. */
    abstract P partial(Sink sink) throws Throwable;

    /** Two neighbouring parts as one. */
    abstract P merge(P left, P right) throws Throwable;

    /** What has been made of a whole partition, but does not count yet. */
    @FunctionalInterface
    interface Ready {

        /** Lets it count, by merging it with what its neighbours have left, which it changes: so once only. */
        void deposit() throws Throwable;
    }

    /** Takes what has come to {@code sink}, to which the whole partition was given. */
    final Ready take(int partition, Sink sink) throws Throwable {
        P part = wrapped(() -> partial(sink));
        return () -> deposit(partition, part);
    }

    /** What has come to {@code sink} does not count, whether it has been taken or not: the partition is read anew. */
    void discard(Sink sink) {}

    /** Makes ready for a partition that comes in chunks. */
    final PartsOfPartition<P> inParts(int partition) {
        return new PartsOfPartition<>(this, partition);
    }

    /** What the chunks of one partition leave here, merged in their order. */
    static final class PartsOfPartition<P extends @Nullable Object> {

        private final Terminal<P> terminal;
        private final int partition;
        private final OrderedMerge<P> merge;

        private PartsOfPartition(Terminal<P> terminal, int partition) {
            this.terminal = terminal;
            this.partition = partition;
            this.merge = new OrderedMerge<>(terminal::merge);
        }

        /** Takes what has come to {@code sink}, to which chunk {@code chunk} was given. */
        void take(int chunk, Sink sink) throws Throwable {
            terminal.wrapped(() -> {
                merge.add(chunk, terminal.partial(sink));
                return null;
            });
        }

        /** All chunks have been taken. */
        void complete() throws Throwable {
            terminal.wrapped(() -> {
                terminal.merged().add(partition, merge.whole());
                return null;
            });
        }
    }

    /** A partition is complete. */
    final void deposit(int partition, P part) throws Throwable {
        wrapped(() -> {
            merged().add(partition, part);
            return null;
        });
    }

    /** All partitions are complete; on the thread that completed the last one. */
    final void completed() throws Throwable {
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
        if (merged == null) {
            throw new IllegalStateException("the number of partitions is not known yet");
        }
        return merged;
    }
}
