package dev.bag.run.end;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.Sink;
import dev.bag.shuffle.gather.EntrySink;
import dev.bag.shuffle.gather.GatheringSink;
import dev.bag.shuffle.gather.MapOutput;
import dev.bag.shuffle.gather.Targets;
import dev.bag.shuffle.hold.Reading;
import dev.bag.shuffle.hold.Segments;
import dev.bag.spill.SpillArea;
import java.io.IOException;
import java.util.function.Function;

/** Ends in segments, which later stages read. */
public final class SegmentsEnd extends StageEnd<MapOutput> {
    private final ShuffleOutput output;
    private final Function<Place, GatheringSink> sinks;

    /** An end in {@code output}; {@code sinks} makes what gathers the records of a part. */
    SegmentsEnd(Operator operator, ShuffleOutput output, Function<Place, GatheringSink> sinks) {
        super(operator, output);
        this.output = output;
        this.sinks = sinks;
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
        output.set(new Segments(merged().whole().seal()));
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

        void set(Segments inOrder) {
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
