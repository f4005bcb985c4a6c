package dev.bag.lower;

import dev.bag.kernel.GatherSink;
import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.plan.Plan;
import org.jspecify.annotations.Nullable;

/** Ends with a reader, who takes the records as they come; {@link StreamBatch} hands them over. */
final class StreamTerminal extends Terminal<@Nullable Object> {

    StreamTerminal(Plan<?> input, Operator operator) {
        super(input, operator, new Cell());
    }

    @Override
    String verb() {
        return "hand over to";
    }

    @Override
    Sink newSink(Place place) {
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
    void completed() {}
}
