package dev.bag.lower;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.plan.Plan;
import dev.bag.shuffle.EntrySink;
import dev.bag.shuffle.PieceSink;
import dev.bag.shuffle.Pieces;
import dev.bag.shuffle.Router;
import dev.bag.shuffle.Segments;
import java.util.function.Function;

/** Ends in segments, which later stages read. */
class ShuffleTerminal extends Terminal<Pieces> {

    /** What is done with records that are only kept. */
    static final String KEEP = "keep (may spill) for";

    private final ShuffleOutput output;
    private final String verb;
    private final Function<Place, PieceSink> sinks;

    /** {@code verb} says for people what is done here, {@code sinks} makes what gathers the records of a part. */
    ShuffleTerminal(
            Plan<?> input, Operator operator, ShuffleOutput output, String verb, Function<Place, PieceSink> sinks) {
        super(input, operator, output);
        this.output = output;
        this.verb = verb;
        this.sinks = sinks;
    }

    /** Keeps the records of each partition of {@code input} by themselves. */
    static Terminal<?> keepingPartitions(Plan<?> input, Operator operator, ShuffleOutput output) {
        Router router = Router.toPartition(input.partitionCount());
        return new OfPartitions(
                input, operator, output, KEEP, place -> EntrySink.spreading(place, router, output.area()));
    }

    @Override
    final String verb() {
        return verb;
    }

    @Override
    final Sink newSink(Place place) {
        return sinks.apply(place);
    }

    @Override
    final Pieces partial(Sink sink) throws Throwable {
        return ((PieceSink) sink).pieces();
    }

    @Override
    final void discard(Sink sink) {
        ((PieceSink) sink).discard();
    }

    @Override
    final Pieces merge(Pieces left, Pieces right) throws Throwable {
        return left.append(right);
    }

    @Override
    final void complete() throws Throwable {
        output.set(new Segments(merged().whole().seal()));
    }

    /** As this, of an operation that needs the partitions as the plan counts them. */
    static final class OfPartitions extends ShuffleTerminal {

        OfPartitions(
                Plan<?> input, Operator operator, ShuffleOutput output, String verb, Function<Place, PieceSink> sinks) {
            super(input, operator, output, verb, sinks);
        }

        @Override
        boolean needsPartitions() {
            return true;
        }
    }
}
