package dev.bag.function;

import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Supplier} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface CheckedSupplier<T extends @Nullable Object> extends Supplier<T>, Serializable {

    /**
     * Returns a result.
     *
     * @throws Throwable whatever the implementation throws, checked or not
     */
    T getChecked() throws Throwable;

    /** Calls {@code getChecked}, and throws what that throws, without a wrapper. */
    @Override
    default T get() {
        try {
            return getChecked();
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
