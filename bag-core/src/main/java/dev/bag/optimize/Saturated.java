package dev.bag.optimize;

/** Counts of records that stay at the largest long: no bag has more. */
final class Saturated {

    private Saturated() {}

    static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
