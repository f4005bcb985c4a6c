package dev.bag.fold;

import dev.bag.value.Pair;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Pseudo-random numbers that are the same in every version of Java, on any machine: SplitMix64 (G. L. Steele, D. Lea and
 * C. H. Flood, Fast splittable pseudorandom number generators, 2014).
 */
final class Dice implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /** A number from 0 to below {@code bound}, each as likely as the others. */
    long below(long bound) {
        while (true) {
            long bits = next() >>> 1;
            long number = bits % bound;
            if (bits - number <= Long.MAX_VALUE - (bound - 1)) {
                return number;
            }
        }
    }

    /** Makes the numbers that follow depend on {@code value} too, if it is a string, a number or a pair of those. */
    void stir(@Nullable Object value) {
        state = mix(state + hash(value));
    }

    /** Makes the numbers that follow depend on all that {@code other} has been stirred with, too. */
    void stir(Dice other) {
        state = mix(mix(state) + other.state);
    }

    private long next() {
        state += STEP;
        return mix(state);
    }

    /** A bijection after which every bit depends on every bit. */
    static long mix(long bits) {
        long once = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }

    /** Zero for types without a specified hash code: that of an enum or an array differs from one JVM to the next. */
    private static long hash(@Nullable Object value) {
        if (value instanceof Pair<?, ?> pair) {
            return mix(hash(pair.first())) + hash(pair.second());
        }
        return value != null && hasSpecifiedHashCode(value) ? value.hashCode() : 0;
    }

    private static boolean hasSpecifiedHashCode(Object value) {
        return value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Float
                || value instanceof Double;
    }
}
