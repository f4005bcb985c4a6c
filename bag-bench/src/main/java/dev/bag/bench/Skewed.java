package dev.bag.bench;

import java.util.SplittableRandom;

/** Random numbers of which some are much more frequent than others. */
final class Skewed {

    private Skewed() {}

    /** From 0 to {@code count - 1}, the n-th about 1/n times as often as the first. */
    static int next(SplittableRandom random, int count) {
        return (int) Math.pow(count, random.nextDouble()) - 1;
    }
}
