package dev.bag.kernel;

import dev.bag.function.CheckedBiFunction;
import dev.bag.kernel.Operator.Place;
import dev.bag.value.Location;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pushes what a user's function makes of a whole partition, iterator to iterator. The function pulls whenever it likes,
 * so this is the one feed whose input is advanced by a call from within its own.
 */
public final class PartitionFeed extends Feed {

    private final Place place;
    private final CheckedBiFunction<Integer, Iterator<Object>, ? extends Iterator<?>> function;
    private final Port port;
    private final Blocking blocking;
    private @Nullable Iterator<?> output;

    /**
     * Creates a feed.
     *
     * @param port takes the records that the function pulls
     * @param blocking lets the thread wait while the function pulls a record that is not there yet
     */
    public PartitionFeed(
            Place place,
            CheckedBiFunction<Integer, Iterator<Object>, ? extends Iterator<?>> function,
            Port port,
            Blocking blocking,
            Sink sink,
            Skips skips) {
        super(sink, skips);
        this.place = place;
        this.function = function;
        this.port = port;
        this.blocking = blocking;
        port.leadsTo(sink);
    }

    @Override
    protected Progress pushNext() throws Throwable {
        @Nullable Object record;
        try {
            record = nextOutput();
        } catch (Throwable e) {
            throw located(place.failure(null, e));
        }
        if (record == null) {
            return Progress.ENDED;
        }
        try {
            sink().accept(record);
        } catch (OperatorFailure e) {
            throw located(e);
        }
        return Progress.NEXT;
    }

    private @Nullable Object nextOutput() throws Throwable {
        if (output == null) {
            output = Objects.requireNonNull(
                    function.applyChecked(place.partition(), new Input(port, blocking)),
                    "the function returned null: to make no record of a partition, return an empty iterator");
        }
        return output.hasNext() ? Steps.notNull(output.next()) : null;
    }

    /** The function has read no further than the record pushed last, so that is the best place to name. */
    private OperatorFailure located(OperatorFailure failure) {
        if (!failure.isLocated()) {
            failure.locate(this::location);
        }
        return failure;
    }

    @Override
    protected Port locatedBy() {
        return port;
    }

    @Override
    protected Optional<Location> location() {
        return port.location();
    }

    @Override
    protected void inputNotWanted() {
        port.cancel();
    }

    @Override
    protected void closeInput() throws Exception {
        if (output instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    /** The partition as the user's function sees it. */
    private static final class Input implements Iterator<Object> {

        private final Port port;
        private final Blocking blocking;
        private @Nullable Object next;

        Input(Port port, Blocking blocking) {
            this.port = port;
            this.blocking = blocking;
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = pull();
            }
            return next != null;
        }

        @Override
        public Object next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("the partition has no more records");
            }
            Object record = next;
            next = null;
            return record;
        }

        private @Nullable Object pull() {
            try {
                return port.pull(blocking);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (InterruptedException e) {
                throw new IllegalStateException("the run was stopped", e);
            } catch (Throwable e) {
                throw new IllegalStateException("a failure of the input was not wrapped", e);
            }
        }
    }
}
