package dev.bag.function;

import java.io.Serializable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Function} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 *
 * @param <T> the argument
 * @param <R> the result
 */
@FunctionalInterface
public interface CheckedFunction<T extends @Nullable Object, R extends @Nullable Object>
        extends Function<T, R>, Serializable {

    /**
     * Returns the result for an argument.
     *
     * @param argument the argument
     * @throws Throwable whatever the implementation throws, checked or not
     */
    R applyChecked(T argument) throws Throwable;

    /** Calls {@code applyChecked}, and throws what that throws, without a wrapper. */
    @Override
    default R apply(T argument) {
        try {
            return applyChecked(argument);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
