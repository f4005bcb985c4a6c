package dev.bag.run.end;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.shuffle.EntrySink;
import dev.bag.shuffle.PieceSink;
import dev.bag.shuffle.Pieces;
import dev.bag.shuffle.Router;
import dev.bag.shuffle.Segments;
import java.util.function.Function;

/** Ends in segments, which later stages read. */
public final class SegmentsEnd extends StageEnd<Pieces> {
    private final ShuffleOutput output;
    private final Function<Place, PieceSink> sinks;

    /** An end in {@code output}; {@code sinks} makes what gathers the records of a part. */
    SegmentsEnd(Operator operator, ShuffleOutput output, Function<Place, PieceSink> sinks) {
        super(operator, output);
        this.output = output;
        this.sinks = sinks;
    }

    /** Returns an end that keeps the records of each of {@code count} partitions by themselves. */
    public static SegmentsEnd keepingPartitions(int count, Operator operator, ShuffleOutput output) {
        Router router = Router.toPartition(count);
        return new SegmentsEnd(operator, output, place -> EntrySink.spreading(place, router, output.area()));
    }

    @Override
    public Sink newSink(Place place) {
        return sinks.apply(place);
    }

    @Override
    Pieces partial(Sink sink) throws Throwable {
        return ((PieceSink) sink).pieces();
    }

    @Override
    public void discard(Sink sink) {
        ((PieceSink) sink).discard();
    }

    @Override
    Pieces merge(Pieces left, Pieces right) throws Throwable {
        return left.append(right);
    }

    @Override
    void complete() throws Throwable {
        output.set(new Segments(merged().whole().seal()));
    }
}
