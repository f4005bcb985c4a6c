package dev.bag.function;

import java.io.Serializable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ToDoubleFunction} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 *
 * @param <T> the argument
 */
@FunctionalInterface
public interface CheckedToDoubleFunction<T extends @Nullable Object> extends ToDoubleFunction<T>, Serializable {

    /**
     * Returns the number for an argument.
     *
     * @param argument the argument
     * @throws Throwable whatever the implementation throws, checked or not
     */
    double applyAsDoubleChecked(T argument) throws Throwable;

    /** Calls {@code applyAsDoubleChecked}, and throws what that throws, without a wrapper. */
    @Override
    default double applyAsDouble(T argument) {
        try {
            return applyAsDoubleChecked(argument);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
