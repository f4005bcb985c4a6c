package dev.bag.value;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Two values, such as the entries of keyed bags and the records of {@code zip}.
 *
 * @param first the first value; the key, in a keyed bag
 * @param second the second value
 * @param <A> the type of the first value
 * @param <B> the type of the second value
 */
public record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) implements Serializable {

    /**
     * Returns the pair of two values.
     *
     * @param first the first value
     * @param second the second value
     */
    public static <A extends @Nullable Object, B extends @Nullable Object> Pair<A, B> of(A first, B second) {
        return new Pair<>(first, second);
    }

    @Override
    public String toString() {
        return "(" + first + ", " + second + ")";
    }
}
