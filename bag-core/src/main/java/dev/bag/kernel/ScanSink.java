package dev.bag.kernel;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import org.jspecify.annotations.Nullable;

/** Passes the running value on after each record; it goes from each partition to the next. */
public final class ScanSink extends PassingSink {

    private final Place place;
    private final Running running;
    private final CheckedBiFunction<Object, Object, ?> operation;

    /** The value so far, shared by partitions that are worked on one after the other. */
    public static final class Running implements Carried {

        private final @Nullable CheckedFunction<Object, ?> fromFirst;
        private @Nullable Object value;
        private boolean begun;

        private Running(@Nullable Object initial, @Nullable CheckedFunction<Object, ?> fromFirst) {
            this.value = initial;
            this.fromFirst = fromFirst;
        }

        /** Begins with {@code initial}, which is passed on first. */
        public static Running from(Object initial) {
            return new Running(initial, null);
        }

        /** Begins with what {@code fromFirst} makes of the first record. */
        public static Running fromFirstRecord(CheckedFunction<Object, ?> fromFirst) {
            return new Running(null, fromFirst);
        }

        @Override
        public Runnable mark() {
            Object valueNow = value;
            boolean begunNow = begun;
            return () -> {
                value = valueNow;
                begun = begunNow;
            };
        }
    }

    /** A scan in one partition. */
    public ScanSink(Place place, Running running, CheckedBiFunction<Object, Object, ?> operation, Sink out) {
        super(out);
        this.place = place;
        this.running = running;
        this.operation = operation;
    }

    @Override
    public void accept(Object record) throws Throwable {
        begin();
        Object next;
        try {
            next = Steps.notNull(next(record));
        } catch (Throwable e) {
            throw place.failure(record, e);
        }
        running.value = next;
        pass(next);
    }

    private @Nullable Object next(Object record) throws Throwable {
        Object value = running.value;
        if (value != null) {
            return operation.applyChecked(value, record);
        }
        return running.fromFirst == null ? null : running.fromFirst.applyChecked(record);
    }

    /** Passes the initial value on, before anything else, also when no record comes at all. */
    private void begin() throws Throwable {
        if (!running.begun) {
            running.begun = true;
            if (running.value != null) {
                pass(running.value);
            }
        }
    }

    private void pass(Object value) throws Throwable {
        if (out.wantsMore()) {
            out.accept(value);
        }
    }

    /** All records until nothing later is wanted, because the value goes on to the next partition. */
    @Override
    public boolean wantsMore() {
        return !out.isOver();
    }

    @Override
    public void finish() throws Throwable {
        begin();
        out.finish();
    }
}
