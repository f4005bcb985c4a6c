package dev.bag.run.end;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.shuffle.gather.EntrySink;
import dev.bag.shuffle.gather.GatheringSink;
import dev.bag.shuffle.gather.MapOutput;
import dev.bag.shuffle.gather.SharedSums;
import dev.bag.shuffle.gather.Targets;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Segments;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ends in segments, which later stages read. */
public final class SegmentsEnd extends StageEnd<MapOutput> {
    private final ShuffleOutput output;
    private final Function<Place, GatheringSink> sinks;
    /** Where all sinks leave what they gather in the end; null where each has its own. */
    private final @Nullable SharedSums shared;

    /** An end in {@code output}; {@code sinks} makes what gathers the records of a part. */
    SegmentsEnd(Operator operator, ShuffleOutput output, Function<Place, GatheringSink> sinks) {
        this(operator, output, sinks, null);
    }

    /** As {@link #SegmentsEnd(Operator, ShuffleOutput, Function)}, for sinks that leave their last entries in {@code shared}. */
    SegmentsEnd(
            Operator operator,
            ShuffleOutput output,
            Function<Place, GatheringSink> sinks,
            @Nullable SharedSums shared) {
        super(operator, output);
        this.output = output;
        this.sinks = sinks;
        this.shared = shared;
    }

    /** Returns an end that keeps the records of each of {@code count} partitions by themselves. */
    public static SegmentsEnd keepingPartitions(int count, Operator operator, ShuffleOutput output) {
        return new SegmentsEnd(
                operator,
                output,
                place -> EntrySink.keeping(place, Targets.inPlace(count, place.partition()), output.area()));
    }

    @Override
    public Sink newSink(Place place) {
        return sinks.apply(place);
    }

    @Override
    MapOutput partial(Sink sink) throws Throwable {
        return ((GatheringSink) sink).pieces();
    }

    @Override
    public void discard(Sink sink) {
        ((GatheringSink) sink).discard();
    }

    @Override
    MapOutput merge(MapOutput left, MapOutput right) throws Throwable {
        return left.append(right);
    }

    @Override
    void complete() throws Throwable {
        List<Segment> segments = merged().whole().seal();
        if (shared != null) {
            segments.addAll(shared.seal());
        }
        output.set(new Segments(segments));
    }
}
