package dev.bag.kernel;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedSupplier;
import org.jspecify.annotations.Nullable;

/** Maps with a resource that is opened at the first record of a partition and closed after its last. */
final class ResourceStep extends Step {

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
        if (resource == null) {
            resource = Steps.notNull(open.getChecked());
        }
        return Steps.notNull(function.applyChecked(resource, record));
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
