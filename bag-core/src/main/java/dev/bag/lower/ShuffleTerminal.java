package dev.bag.lower;

import dev.bag.kernel.Operator;
import dev.bag.kernel.OperatorFailure;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.plan.Plan;
import dev.bag.shuffle.gather.EntrySink;
import dev.bag.shuffle.gather.GatheringSink;
import dev.bag.shuffle.gather.MapOutput;
import dev.bag.shuffle.gather.Targets;
import dev.bag.shuffle.hold.Segments;
import java.util.function.Function;

/** Ends in segments, which later stages read. */
class ShuffleTerminal extends Terminal<MapOutput> {

    /** What is done with records that are only kept. */
    static final String KEEP = "keep (may spill) for";

    private final ShuffleOutput output;
    private final String verb;
    private final Function<Place, GatheringSink> sinks;

    /** {@code verb} says for people what is done here, {@code sinks} makes what gathers the records of a part. */
    ShuffleTerminal(
            Plan<?> input, Operator operator, ShuffleOutput output, String verb, Function<Place, GatheringSink> sinks) {
        super(input, operator, output);
        this.output = output;
        this.verb = verb;
        this.sinks = sinks;
    }

    /** Keeps the records of each partition of {@code input} by themselves. */
    static Terminal<?> keepingPartitions(Plan<?> input, Operator operator, ShuffleOutput output) {
        int count = input.partitionCount();
        return new OfPartitions(
                input,
                operator,
                output,
                KEEP,
                place -> EntrySink.keeping(place, Targets.inPlace(count, place.partition()), output.area()));
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
    final MapOutput partial(Sink sink) throws Throwable {
        try {
            return ((GatheringSink) sink).pieces();
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
    }

    @Override
    final void discard(Sink sink) {
        ((GatheringSink) sink).discard();
    }

    @Override
    final MapOutput merge(MapOutput left, MapOutput right) throws Throwable {
        try {
            return left.append(right);
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
    }

    @Override
    final void completed() throws Throwable {
        try {
            output.set(new Segments(merged().whole().seal()));
        } catch (Throwable e) {
            throw OperatorFailure.of(operator(), null, e);
        }
    }

    /** As this, of an operation that needs the partitions as the plan counts them. */
    static final class OfPartitions extends ShuffleTerminal {

        OfPartitions(
                Plan<?> input, Operator operator, ShuffleOutput output, String verb, Function<Place, GatheringSink> sinks) {
            super(input, operator, output, verb, sinks);
        }

        @Override
        boolean needsPartitions() {
            return true;
        }
    }
}
