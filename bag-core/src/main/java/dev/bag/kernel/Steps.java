package dev.bag.kernel;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.function.CheckedSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The record-wise operations. */
public final class Steps {

    private Steps() {}

    /** What {@code function} returns, never null. */
    public static Step map(Operator operator, CheckedFunction<Object, ?> function) {
        return new Step(operator) {
            @Override
            protected Object apply(Object record) throws Throwable {
                return notNull(function.applyChecked(record));
            }
        };
    }

    /** What {@code function} returns; nothing for null. */
    public static Step mapNotNull(Operator operator, CheckedFunction<Object, ? extends @Nullable Object> function) {
        return new Step(operator) {
            @Override
            protected @Nullable Object apply(Object record) throws Throwable {
                return function.applyChecked(record);
            }
        };
    }

    /** The record itself, if {@code keep} says so. */
    public static Step filter(Operator operator, CheckedPredicate<Object> keep) {
        return new Step(operator) {
            @Override
            protected @Nullable Object apply(Object record) throws Throwable {
                return keep.testChecked(record) ? record : null;
            }
        };
    }

    /** What {@code function} returns for the record and a value that is there when the first record comes. */
    public static Step mapWith(
            Operator operator,
            Supplier<? extends @Nullable Object> value,
            CheckedBiFunction<Object, @Nullable Object, ?> function) {
        return new Step(operator) {
            @Override
            protected Object apply(Object record) throws Throwable {
                return notNull(function.applyChecked(record, value.get()));
            }
        };
    }

    /** What {@code function} returns for the record and a resource that each partition opens before its first record. */
    public static Step mapWithResource(
            Operator operator, CheckedSupplier<?> open, CheckedBiFunction<Object, Object, ?> function) {
        return new ResourceStep(operator, open, function);
    }

    static Object notNull(@Nullable Object result) {
        if (result == null) {
            throw new NullPointerException("the function returned null, and a record is never null:"
                    + " use mapNotNull to drop these records, or return an Optional");
        }
        return result;
    }

    /** Maps with a resource that is opened at the first record of a partition and closed after its last. */
    static final class ResourceStep extends Step {

        private final CheckedSupplier<?> open;
        private final CheckedBiFunction<Object, Object, ?> function;
        private @Nullable Object resource;

        ResourceStep(Operator operator, CheckedSupplier<?> open, CheckedBiFunction<Object, Object, ?> function) {
            super(operator);
            this.open = open;
            this.function = function;
        }

        @Override
        protected Step forPartition(int partition) {
            return new ResourceStep(operator(), open, function);
        }

        @Override
        protected Object apply(Object record) throws Throwable {
            Object opened = resource;
            if (opened == null) {
                opened = open(record);
                resource = opened;
            }
            return Steps.notNull(function.applyChecked(opened, record));
        }

        /** What it throws is no failure of the record, which no policy lets pass. */
        private Object open(Object record) {
            try {
                return Steps.notNull(open.getChecked());
            } catch (Throwable e) {
                throw OperatorFailure.of(operator(), record, e);
            }
        }

        /** Closes the resource, if it was opened and can be closed. */
        void close() throws Exception {
            if (resource instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Throwable e) {
                    throw OperatorFailure.of(operator(), null, e);
                }
            }
        }
    }
}
