package dev.bag.function;

import java.io.Serializable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Predicate} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>An exception that it throws reaches the caller of an action once, unwrapped, as the cause of one
 * {@code BagException}.
 *
 * @param <T> the argument
 */
@FunctionalInterface
public interface CheckedPredicate<T extends @Nullable Object> extends Predicate<T>, Serializable {

    /**
     * Returns whether an argument matches.
     *
     * @param argument the argument
     * @throws Throwable whatever the implementation throws, checked or not
     */
    boolean testChecked(T argument) throws Throwable;

    /** Calls {@code testChecked}, and throws what that throws, without a wrapper. */
    @Override
    default boolean test(T argument) {
        try {
            return testChecked(argument);
        } catch (Throwable e) {
            throw Rethrow.asIs(e);
        }
    }
}
