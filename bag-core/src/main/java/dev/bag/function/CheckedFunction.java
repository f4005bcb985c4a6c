package dev.bag.function;

import java.io.Serializable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Function} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>What it throws reaches the caller of an action once, unwrapped, as the cause of one {@code BagException}.
 *
 * @param <T> the argument
 * @param <R> the result
 */
@FunctionalInterface
public interface CheckedFunction<T extends @Nullable Object, R extends @Nullable Object>
        extends Function<T, R>, Serializable {

    /**
     * The result for {@code argument}.
     *
     * @throws Throwable whatever the implementation throws, checked or not
     */
    R applyChecked(T argument) throws Throwable;

    /** As {@code applyChecked}; what that throws is thrown on as it is, without a wrapper. */
    @Override
    default R apply(T argument) {
        try {
            return applyChecked(argument);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
