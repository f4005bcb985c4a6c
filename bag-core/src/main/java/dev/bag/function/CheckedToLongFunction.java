package dev.bag.function;

import java.io.Serializable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ToLongFunction} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 *
 * @param <T> the argument
 */
@FunctionalInterface
public interface CheckedToLongFunction<T extends @Nullable Object> extends ToLongFunction<T>, Serializable {

    /**
     * Returns the number for an argument.
     *
     * @param argument the argument
     * @throws Throwable whatever the implementation throws, checked or not
     */
    long applyAsLongChecked(T argument) throws Throwable;

    /** Calls {@code applyAsLongChecked}, and throws what that throws, without a wrapper. */
    @Override
    default long applyAsLong(T argument) {
        try {
            return applyAsLongChecked(argument);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
