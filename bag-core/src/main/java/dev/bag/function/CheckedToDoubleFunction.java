package dev.bag.function;

import java.io.Serializable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ToDoubleFunction} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>What it throws reaches the caller of an action once, unwrapped, as the cause of one {@code BagException}.
 *
 * @param <T> the argument
 */
@FunctionalInterface
public interface CheckedToDoubleFunction<T extends @Nullable Object> extends ToDoubleFunction<T>, Serializable {

    /**
     * The number for {@code argument}.
     *
     * @throws Throwable whatever the implementation throws, checked or not
     */
    double applyAsDoubleChecked(T argument) throws Throwable;

    /** As {@code applyAsDoubleChecked}; what that throws is thrown on as it is, without a wrapper. */
    @Override
    default double applyAsDouble(T argument) {
        try {
            return applyAsDoubleChecked(argument);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
