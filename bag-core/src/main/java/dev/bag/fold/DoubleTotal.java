package dev.bag.fold;

import java.io.Serializable;

/**
 * A sum of doubles. The rounding error of each addition is added up as well, and given back at the end
 * (A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54, 1974; a refinement of
 * Kahan's and Babuška's).
 *
 * <p>Sums of parts are merged in the same way, so the error is bounded for any tree of merges: by one rounding of the
 * result plus, for n numbers, about n² · 2<sup>-106</sup> times the sum of their absolute values.
 */
final class DoubleTotal implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The sum by plain addition. */
    private double sum;

    /** What its roundings have lost. Has no meaning once the sum is infinite or NaN, which it then stays. */
    private double lost;

    void add(double value) {
        double next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
        sum = next;
    }

    void addAll(DoubleTotal other) {
        add(other.sum);
        lost += other.lost;
    }

    double toDouble() {
        return Double.isFinite(sum) ? sum + lost : sum;
    }

    /** Returns {@code value} minus the sum, without rounding the sum first. */
    double distanceTo(double value) {
        return (value - sum) - lost;
    }

    /** Returns the sum of {@code other} minus this one, without rounding them first. */
    double distanceTo(DoubleTotal other) {
        return (other.sum - sum) + (other.lost - lost);
    }
}
