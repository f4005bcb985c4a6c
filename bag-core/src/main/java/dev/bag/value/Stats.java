package dev.bag.value;

import java.io.Serializable;

/**
 * A numeric summary. Of no numbers: count 0, sum 0, and NaN for the rest.
 *
 * @param count how many numbers there were
 * @param sum their sum, compensated for rounding
 * @param mean their arithmetic mean
 * @param variance the population variance: the mean squared distance from the mean
 * @param min the smallest
 * @param max the largest
 */
public record Stats(long count, double sum, double mean, double variance, double min, double max)
        implements Serializable {

    /** Returns the square root of the population variance. */
    public double standardDeviation() {
        return Math.sqrt(variance);
    }

    /**
     * Returns the variance of the population as estimated from this sample: divided by {@code count - 1}; NaN below two
     * numbers.
     */
    public double sampleVariance() {
        return count < 2 ? Double.NaN : variance * count / (count - 1);
    }
}
