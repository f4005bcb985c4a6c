package dev.bag.function;

import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Supplier} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>What it throws reaches the caller of an action once, unwrapped, as the cause of one {@code BagException}.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface CheckedSupplier<T extends @Nullable Object> extends Supplier<T>, Serializable {

    /**
     * A result.
     *
     * @throws Throwable whatever the implementation throws, checked or not
     */
    T getChecked() throws Throwable;

    /** As {@code getChecked}; what that throws is thrown on as it is, without a wrapper. */
    @Override
    default T get() {
        try {
            return getChecked();
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
