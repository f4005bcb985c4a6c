package dev.bag.fold;

import dev.bag.value.Stats;
import java.io.Serializable;

/**
 * The accumulator of {@link Stats}, in one pass. The squared distances from the mean are kept up to date with each number,
 * never as a difference of two large sums (B. P. Welford, Note on a method for calculating corrected sums of squares and
 * products, Technometrics 4, 1962), and those of two parts are joined as T. F. Chan, G. H. Golub and R. J. LeVeque do
 * (Updating formulae and a pairwise algorithm for computing sample variances, 1979).
 */
final class Moments implements Serializable {

    private static final long serialVersionUID = 1L;

    private long count;
    private final DoubleTotal total = new DoubleTotal();

    /** The mean as it moves with each number: a sum of small steps, so that distances from it lose nothing. */
    private final DoubleTotal mean = new DoubleTotal();

    /** The sum of the squared distances from the mean. */
    private double squares;

    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(double value) {
        count++;
        total.add(value);
        double distance = mean.distanceTo(value);
        mean.add(distance / count);
        squares += distance * mean.distanceTo(value);
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    /** Neither of the two may be empty. */
    void addAll(Moments other) {
        double left = count;
        double right = other.count;
        count += other.count;
        total.addAll(other.total);
        double distance = mean.distanceTo(other.mean);
        mean.add(distance * (right / count));
        squares += other.squares + distance * distance * (left * right / count);
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    boolean isEmpty() {
        return count == 0;
    }

    Stats toStats() {
        if (isEmpty()) {
            return new Stats(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double sum = total.toDouble();
        return new Stats(count, sum, sum / count, squares / count, min, max);
    }
}
