package dev.bag.function;

import java.io.Serializable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BiFunction} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 *
 * @param <T> the first argument
 * @param <U> the second argument
 * @param <R> the result
 */
@FunctionalInterface
public interface CheckedBiFunction<T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
        extends BiFunction<T, U, R>, Serializable {

    /**
     * Returns the result for two arguments.
     *
     * @param first the first argument
     * @param second the second argument
     * @throws Throwable whatever the implementation throws, checked or not
     */
    R applyChecked(T first, U second) throws Throwable;

    /** Calls {@code applyChecked}, and throws what that throws, without a wrapper. */
    @Override
    default R apply(T first, U second) {
        try {
            return applyChecked(first, second);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
