package dev.bag.run.end;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.Sink;
import dev.bag.shuffle.gather.EntrySink;
import dev.bag.shuffle.gather.GatheringSink;
import dev.bag.shuffle.gather.MapOutput;
import dev.bag.shuffle.gather.SharedSums;
import dev.bag.shuffle.gather.Targets;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segment;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
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

    /** Returns the segments of what has come to {@code sink}, whose neighbours are elsewhere. */
    public static List<Segment> segments(Sink sink) throws Throwable {
        return ((GatheringSink) sink).pieces().seal();
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

    /**
     * What a stage has left for later stages, in segments. Written by the batch that ends the stage, read by those
     * after it.
     */
    public static final class ShuffleOutput extends Produced {

        private final SpillArea area;
        private final boolean readsAgain;
        private Segments segments = Segments.NONE;

        /**
         * What is left in {@code area}.
         *
         * @param readsAgain whether a task that fails is run again, and so reads it again
         */
        public ShuffleOutput(SpillArea area, boolean readsAgain) {
            this.area = area;
            this.readsAgain = readsAgain;
        }

        /** Where its files are. */
        public SpillArea area() {
            return area;
        }

        @Override
        public LongSupplier spilledBytes() {
            return area.writtenBytes();
        }

        /** Sets the segments, which are in the order of the input. */
        public void set(Segments inOrder) {
            segments = inOrder;
        }

        /** Returns the segments. */
        public Segments segments() {
            return segments;
        }

        /** Whether it is read more than once: by several stages, or by a task that is run again. */
        boolean isReadAgain() {
            return readerCount() > 1 || readsAgain;
        }

        /** How each reader may read it. */
        Reading reading() {
            return isReadAgain() ? Reading.KEEP : Reading.TAKE;
        }

        @Override
        protected void release() throws IOException {
            segments.drop();
            segments = Segments.NONE;
            area.close();
        }
    }
}
