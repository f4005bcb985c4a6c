package dev.bag.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of three arguments that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <C> the third argument
 * @param <R> the result
 */
@FunctionalInterface
public interface CheckedTriFunction<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                R extends @Nullable Object>
        extends Serializable {

    /**
     * Returns the result for three arguments.
     *
     * @param first the first argument
     * @param second the second argument
     * @param third the third argument
     * @throws Throwable whatever the implementation throws, checked or not
     */
    R applyChecked(A first, B second, C third) throws Throwable;

    /** Calls {@code applyChecked}, and throws what that throws, without a wrapper. */
    default R apply(A first, B second, C third) {
        try {
            return applyChecked(first, second, third);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
