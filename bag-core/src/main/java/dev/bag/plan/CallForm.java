package dev.bag.plan;

import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedRunnable;
import dev.bag.function.CheckedSupplier;
import dev.bag.function.CheckedTriFunction;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the function of a {@link Value.Called} takes the values of the arguments. A call keeps the function that it was given and
 * one of these, in place of another function around it: there may be millions of calls. Arguments that a function does not take
 * are only waited for.
 */
public enum CallForm {
    /** A {@link CheckedRunnable}, which takes none; the value is null. */
    RUNNABLE,
    /** A {@link CheckedSupplier}, which takes none. */
    SUPPLIER,
    /** A {@link CheckedFunction} of the first one. */
    FUNCTION,
    /** A {@link CheckedBiFunction} of the first two. */
    BI_FUNCTION,
    /** A {@link CheckedTriFunction} of the first three. */
    TRI_FUNCTION,
    /** A {@link CheckedFunction} of an array of all. */
    OF_ALL;

    /** Returns {@code function}, or what takes as many values as it does where there are more. */
    @SuppressWarnings("unchecked") // as below
    Object ofFirst(Object function, int count) {
        if (this != OF_ALL) {
            return function;
        }
        CheckedFunction<@Nullable Object[], ?> ofAll = (CheckedFunction<@Nullable Object[], ?>) function;
        CheckedFunction<@Nullable Object[], @Nullable Object> ofFirst =
                values -> ofAll.applyChecked(values.length == count ? values : Arrays.copyOf(values, count));
        return ofFirst;
    }

    /** Calls {@code function} with the values of {@code count} arguments: the one place where their types are forgotten. */
    @SuppressWarnings("unchecked") // the factories of Called have seen that it takes such values
    @Nullable Object call(Object function, IntFunction<? extends @Nullable Object> values, int count) throws Throwable {
        return switch (this) {
            case RUNNABLE -> {
                ((CheckedRunnable) function).runChecked();
                yield null;
            }
            case SUPPLIER -> ((CheckedSupplier<?>) function).getChecked();
            case FUNCTION -> ((CheckedFunction<@Nullable Object, ?>) function).applyChecked(values.apply(0));
            case BI_FUNCTION ->
                ((CheckedBiFunction<@Nullable Object, @Nullable Object, ?>) function)
                        .applyChecked(values.apply(0), values.apply(1));
            case TRI_FUNCTION ->
                ((CheckedTriFunction<@Nullable Object, @Nullable Object, @Nullable Object, ?>) function)
                        .applyChecked(values.apply(0), values.apply(1), values.apply(2));
            case OF_ALL -> {
                @Nullable Object[] all = new @Nullable Object[count];
                for (int i = 0; i < count; i++) {
                    all[i] = values.apply(i);
                }
                yield ((CheckedFunction<@Nullable Object[], ?>) function).applyChecked(all);
            }
        };
    }
}
