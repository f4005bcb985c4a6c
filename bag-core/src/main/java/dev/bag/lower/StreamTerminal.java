package dev.bag.lower;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Place;
import dev.bag.kernel.Sink;
import dev.bag.plan.Plan;
import org.jspecify.annotations.Nullable;

/** Ends with a reader, which takes the records as they come; {@link StreamBatch} hands them over. */
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
        return new ToReader();
    }

    /** Gives each record to the reader of its unit, which is known when the unit is open. */
    static final class ToReader implements Sink {

        private @Nullable Handover handover;

        void leadsTo(Handover of) {
            handover = of;
        }

        @Override
        public void accept(Object record) {
            if (handover == null) {
                throw new IllegalStateException("a record comes before its unit is open");
            }
            handover.accept(record);
        }
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
    void complete() {}
}
