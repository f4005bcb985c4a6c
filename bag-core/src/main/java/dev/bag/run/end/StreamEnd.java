package dev.bag.run.end;

import dev.bag.kernel.GatherSink;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import org.jspecify.annotations.Nullable;

/** Ends with a reader, who takes the records as they come; the stage hands them over. */
public final class StreamEnd extends StageEnd<@Nullable Object> {

    /** An end that is called {@code operator}. */
    public StreamEnd(Operator operator) {
        super(operator, new Cell());
    }

    @Override
    public Sink newSink(Place place) {
        return new GatherSink();
    }

    @Override
    @Nullable Object partial(Sink sink) {
        throw new IllegalStateException("a stream leaves no partial results");
    }

    @Override
    @Nullable Object merge(@Nullable Object left, @Nullable Object right) {
        throw new IllegalStateException("a stream leaves no partial results");
    }

    @Override
    public void completed() {}
}
