package dev.bag.function;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BinaryOperator} that may throw anything, and that can be sent to another JVM if what it captures can.
 *
 * <p>What it throws reaches the caller of an action once, unwrapped, as the cause of one {@code BagException}.
 *
 * @param <T> both arguments and the result
 */
@FunctionalInterface
public interface CheckedBinaryOperator<T extends @Nullable Object>
        extends CheckedBiFunction<T, T, T>, BinaryOperator<T> {}
