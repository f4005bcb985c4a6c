package dev.bag;

import dev.bag.function.CheckedFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function of delayed values, made by {@link Delayed#function}. Immutable and safe for use by several threads, as far as
 * the function is that it calls.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result
 */
public final class DelayedFunction<A extends @Nullable Object, R extends @Nullable Object> {

    private final CheckedFunction<? super A, ? extends R> f;

    DelayedFunction(CheckedFunction<? super A, ? extends R> f) {
        this.f = f;
    }

    /**
     * Returns the delayed result for {@code argument}. <b>Lazy.</b>
     *
     * @param argument kept, and given to the function in each run
     */
    public Delayed<R> on(A argument) {
        return Delayed.call(() -> f.applyChecked(argument));
    }

    /**
     * Returns the delayed result for the value of {@code argument}. <b>Lazy.</b>
     *
     * @param argument computed before
     */
    public Delayed<R> on(Delayed<? extends A> argument) {
        return Delayed.call(f, argument);
    }

    @Override
    public String toString() {
        return "Delayed.function(...)";
    }
}
