package dev.bag.value;

import static java.util.Objects.requireNonNull;

import dev.bag.function.CheckedPredicate;
import java.io.Serializable;
import java.time.Duration;

/**
 * How often something that fails is attempted, and what is waited for in between. An {@code Error} and the end of a run are
 * never followed by another attempt.
 *
 * @param attempts the attempts in all, the first one included; at least 1, which means that nothing is attempted again
 * @param first the wait before the second attempt; each further wait is twice as long
 * @param max the longest wait
 * @param when whether a failure may be followed by another attempt; it is given the user's own exception
 */
public record Retry(int attempts, Duration first, Duration max, CheckedPredicate<? super Throwable> when)
        implements Serializable {

    private static final CheckedPredicate<Throwable> ALWAYS = failure -> true;

    /** Checks the numbers. */
    public Retry {
        requireNonNull(first, "first");
        requireNonNull(max, "max");
        requireNonNull(when, "when");
        if (attempts < 1) {
            throw new IllegalArgumentException(
                    "Retry.times(" + attempts + "): it counts all attempts, the first one included, so give 1 or more");
        }
        if (first.isNegative() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("backoff(" + first + ", " + max
                    + "): the first wait must be 0 or more, and the longest one at least as long");
        }
    }

    /**
     * Returns so many attempts, one right after the other.
     *
     * @param attempts the attempts in all, the first one included; at least 1
     * @throws IllegalArgumentException if {@code attempts} is less than 1
     */
    public static Retry times(int attempts) {
        return new Retry(attempts, Duration.ZERO, Duration.ZERO, ALWAYS);
    }

    /**
     * Returns the same attempts with a wait before each but the first. A wait is twice as long as the one before. What is
     * really waited is chosen at random between half of that and all of it, so that many that fail together do not come
     * back together.
     *
     * @param first the wait before the second attempt, 0 or more
     * @param max the longest wait
     * @throws IllegalArgumentException if {@code first} is negative, or {@code max} is shorter
     */
    public Retry backoff(Duration first, Duration max) {
        return new Retry(attempts, first, max, when);
    }

    /**
     * Returns the same attempts, of which those after the first are made only if {@code when} is true for the failure.
     *
     * @param when is given the user's own exception; what it throws is the failure
     */
    public Retry when(CheckedPredicate<? super Throwable> when) {
        return new Retry(attempts, first, max, when);
    }

    /** Returns the calls that make this: {@code times(3).backoff(PT1S, PT1M)}. */
    @Override
    public String toString() {
        String text = "times(" + attempts + ")";
        text += max.isZero() ? "" : ".backoff(" + first + ", " + max + ")";
        return when == ALWAYS ? text : text + ".when(...)";
    }
}
