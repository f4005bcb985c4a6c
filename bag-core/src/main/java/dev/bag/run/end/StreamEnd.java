package dev.bag.run.end;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.Retention;
import dev.bag.kernel.Sink;
import dev.bag.run.end.Produced.Cell;
import org.jspecify.annotations.Nullable;

/** Ends with a reader, which takes the records as they come; the stage hands them over. */
public final class StreamEnd extends StageEnd<@Nullable Object> {

    /** An end that is called {@code operator}. */
    public StreamEnd(Operator operator) {
        super(operator, new Cell());
    }

    @Override
    public Sink newSink(Place place) {
        return new ToReader();
    }

    /** Gives each record to the reader of its task, which is known when the task is open. */
    public static final class ToReader implements Sink, Retention.Keeper {

        private @Nullable Handover handover;
        private Retention retention = Retention.NONE;

        @Override
        public void begin(long position, Retention ofTask) {
            retention = ofTask;
        }

        /** Says where the records go. */
        public void leadsTo(Handover of) {
            handover = of;
        }

        @Override
        public void accept(Object record) {
            if (handover == null) {
                throw new IllegalStateException("a record comes before its task is open");
            }
            handover.accept(retention.kept(record));
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
