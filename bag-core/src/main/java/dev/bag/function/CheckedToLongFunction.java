package dev.bag.function;

import java.io.Serializable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ToLongFunction} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>What it throws reaches the caller of an action once, unwrapped, as the cause of one {@code BagException}.
 *
 * @param <T> the argument
 */
@FunctionalInterface
public interface CheckedToLongFunction<T extends @Nullable Object> extends ToLongFunction<T>, Serializable {

    /**
     * The number for {@code argument}.
     *
     * @throws Throwable whatever the implementation throws, checked or not
     */
    long applyAsLongChecked(T argument) throws Throwable;

    /** As {@code applyAsLongChecked}; what that throws is thrown on as it is, without a wrapper. */
    @Override
    default long applyAsLong(T argument) {
        try {
            return applyAsLongChecked(argument);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
