package dev.bag.plan;

/** Sums of counts and sizes that stay at the largest long: no bag has more. */
public final class Saturated {

    private Saturated() {}

    /** Returns the sum of two numbers, neither of which is negative. */
    public static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
