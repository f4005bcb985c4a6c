package dev.bag;

import dev.bag.function.CheckedBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function of two delayed values, made by {@link Delayed#function2}. Immutable and safe for use by several threads, as far
 * as the function is that it calls.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <R> the type of the result
 */
public final class DelayedFunction2<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> {

    private final CheckedBiFunction<? super A, ? super B, ? extends R> f;

    DelayedFunction2(CheckedBiFunction<? super A, ? super B, ? extends R> f) {
        this.f = f;
    }

    /**
     * Returns the delayed result for two values. <b>Lazy.</b>
     *
     * @param a the first argument; kept, and given to the function in each run
     * @param b the second argument, as {@code a}
     */
    public Delayed<R> on(A a, B b) {
        return Delayed.call(() -> f.applyChecked(a, b));
    }

    /**
     * Returns the delayed result for the values of {@code a} and {@code b}. <b>Lazy.</b>
     *
     * @param a the first argument, computed before
     * @param b the second argument, computed before
     */
    public Delayed<R> on(Delayed<? extends A> a, Delayed<? extends B> b) {
        return Delayed.call(f, a, b);
    }

    @Override
    public String toString() {
        return "Delayed.function2(...)";
    }
}
