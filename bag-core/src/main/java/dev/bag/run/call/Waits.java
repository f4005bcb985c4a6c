package dev.bag.run.call;

import dev.bag.value.Retry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long an attempt waits: at random, so that many that fail together do not come back together. */
public final class Waits {

    private Waits() {}

    /** Returns how long to wait before attempt {@code attempt}, counted from 1, in nanoseconds. */
    public static long before(int attempt, Retry retry) {
        long first = nanos(retry.first());
        long longest = nanos(retry.max());
        if (attempt < 2) {
            return 0;
        }
        int doublings = Math.min(attempt - 2, Long.SIZE - 2);
        long wait = first > longest >> doublings ? longest : first << doublings;
        return wait == 0 ? 0 : wait - ThreadLocalRandom.current().nextLong(wait / 2 + 1);
    }

    /** A duration in nanoseconds; one beyond 292 years is as good as for ever. */
    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }
}
