package dev.bag.kernel;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Passes the running value on after each record. An initial value is passed on before all others, also when no record
 * comes at all.
 */
public final class ScanStep extends CarryingStep {

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

    /** A scan with {@code operation}. */
    public ScanStep(Operator operator, Running running, CheckedBiFunction<Object, Object, ?> operation) {
        super(operator);
        this.running = running;
        this.operation = operation;
    }

    @Override
    public Carried carried() {
        return running;
    }

    @Override
    public boolean keepsRecords() {
        return true;
    }

    @Override
    @Nullable Object takeFirst() {
        if (running.begun) {
            return null;
        }
        running.begun = true;
        return running.value;
    }

    @Override
    protected Object apply(Object record) throws Throwable {
        Object next = Steps.notNull(next(record));
        running.value = next;
        return next;
    }

    private @Nullable Object next(Object record) throws Throwable {
        Object value = running.value;
        if (value != null) {
            return operation.applyChecked(value, record);
        }
        return running.fromFirst == null ? null : running.fromFirst.applyChecked(record);
    }
}
