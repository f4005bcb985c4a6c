package dev.bag.run;

import dev.bag.kernel.Operator.Place;
import dev.bag.kernel.Sink;
import dev.bag.source.Sink.Output;
import dev.bag.source.Sink.Writer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes one partition to a sink of the user, in a process that works for a {@link Cluster}. */
final class FarWriting implements Sink {

    private final Place place;
    private final Output<Object, Object, ?> output;
    private final Optional<?> earlier;
    /** Null before the first record, and after the end. */
    private @Nullable Writer<Object, Object> writer;

    private @Nullable Object part;

    FarWriting(Place place, Output<Object, Object, ?> output) {
        this.place = place;
        this.output = output;
        try {
            this.earlier = output.finished(place.partition());
        } catch (Exception e) {
            throw place.failure(null, e);
        }
    }

    /** Returns what the writer has finished with. */
    @Nullable Object part() {
        return part;
    }

    @Override
    public boolean wantsMore() {
        return earlier.isEmpty();
    }

    @Override
    public boolean isOver() {
        return false;
    }

    private Writer<Object, Object> writer() throws Exception {
        Writer<Object, Object> open = writer;
        if (open == null) {
            open = Objects.requireNonNull(
                    output.open(place.partition()), "the output has opened null: it must return a writer");
            writer = open;
        }
        return open;
    }

    @Override
    public void accept(Object record) {
        if (earlier.isEmpty()) {
            try {
                writer().write(record);
            } catch (Throwable e) {
                throw place.failure(record, e);
            }
        }
    }

    @Override
    public void finish() {
        try {
            part = earlier.isPresent() ? earlier.get() : writer().finish();
            writer = null;
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
    }

    @Override
    public void close() throws Exception {
        Writer<Object, Object> open = writer;
        writer = null;
        if (open != null) {
            open.abort();
        }
    }
}
