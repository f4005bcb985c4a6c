package dev.bag.value;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Two values, as {@code zip} and the keyed operators answer them.
 *
 * @param <A> the first value; the key, in a keyed bag
 * @param <B> the second value
 */
public record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) implements Serializable {

    /** The pair of {@code first} and {@code second}. */
    public static <A extends @Nullable Object, B extends @Nullable Object> Pair<A, B> of(A first, B second) {
        return new Pair<>(first, second);
    }

    @Override
    public String toString() {
        return "(" + first + ", " + second + ")";
    }
}
