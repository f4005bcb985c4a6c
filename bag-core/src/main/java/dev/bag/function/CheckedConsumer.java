package dev.bag.function;

import java.io.Serializable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Consumer} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 *
 * @param <T> the argument
 */
@FunctionalInterface
public interface CheckedConsumer<T extends @Nullable Object> extends Consumer<T>, Serializable {

    /**
     * Takes an argument.
     *
     * @param argument the argument
     * @throws Throwable whatever the implementation throws, checked or not
     */
    void acceptChecked(T argument) throws Throwable;

    /** Calls {@code acceptChecked}, and throws what that throws, without a wrapper. */
    @Override
    default void accept(T argument) {
        try {
            acceptChecked(argument);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
