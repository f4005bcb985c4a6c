package dev.bag.function;

import java.io.Serializable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BiConsumer} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 *
 * @param <T> the first argument
 * @param <U> the second argument
 */
@FunctionalInterface
public interface CheckedBiConsumer<T extends @Nullable Object, U extends @Nullable Object>
        extends BiConsumer<T, U>, Serializable {

    /**
     * Takes two arguments.
     *
     * @param first the first argument
     * @param second the second argument
     * @throws Throwable whatever the implementation throws, checked or not
     */
    void acceptChecked(T first, U second) throws Throwable;

    /** Calls {@code acceptChecked}, and throws what that throws, without a wrapper. */
    @Override
    default void accept(T first, U second) {
        try {
            acceptChecked(first, second);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
