package dev.bag.fold;

import dev.bag.function.CheckedToDoubleFunction;
import dev.bag.trait.Traits.RetainsNothing;
import dev.bag.value.Stats;
import java.io.Serializable;
import java.util.Objects;

/** The sum, the mean and the spread of a double of each record. */
final class DoubleFolds {

    private DoubleFolds() {}

    /** The sum of a double of each record. */
    record SumFold<T>(CheckedToDoubleFunction<? super T> number)
            implements Fold<T, DoubleTotal, Double>, RetainsNothing {

        SumFold {
            Objects.requireNonNull(number, "f");
        }

        @Override
        public DoubleTotal zero() {
            return new DoubleTotal();
        }

        @Override
        public DoubleTotal add(DoubleTotal total, T record) {
            total.add(number.applyAsDouble(record));
            return total;
        }

        @Override
        public DoubleTotal merge(DoubleTotal left, DoubleTotal right) {
            left.addAll(right);
            return left;
        }

        @Override
        public Double finish(DoubleTotal total) {
            return total.toDouble();
        }
    }

    /** The mean of a double of each record. */
    record MeanFold<T>(CheckedToDoubleFunction<? super T> number)
            implements Fold<T, MeanFold.Mean, Double>, RetainsNothing {

        MeanFold {
            Objects.requireNonNull(number, "f");
        }

        /** A sum and of how many. */
        static final class Mean implements Serializable {

            private static final long serialVersionUID = 1L;

            final DoubleTotal total = new DoubleTotal();
            long count;
        }

        @Override
        public Mean zero() {
            return new Mean();
        }

        @Override
        public Mean add(Mean mean, T record) {
            mean.total.add(number.applyAsDouble(record));
            mean.count++;
            return mean;
        }

        @Override
        public Mean merge(Mean left, Mean right) {
            left.total.addAll(right.total);
            left.count += right.count;
            return left;
        }

        @Override
        public Double finish(Mean mean) {
            return mean.total.toDouble() / mean.count;
        }
    }

    /** A numeric summary of a double of each record. */
    record StatsFold<T>(CheckedToDoubleFunction<? super T> number) implements Fold<T, Moments, Stats>, RetainsNothing {

        StatsFold {
            Objects.requireNonNull(number, "f");
        }

        @Override
        public Moments zero() {
            return new Moments();
        }

        @Override
        public Moments add(Moments moments, T record) {
            moments.add(number.applyAsDouble(record));
            return moments;
        }

        @Override
        public Moments merge(Moments left, Moments right) {
            if (left.isEmpty()) {
                return right;
            }
            if (!right.isEmpty()) {
                left.addAll(right);
            }
            return left;
        }

        @Override
        public Stats finish(Moments moments) {
            return moments.toStats();
        }
    }

    /**
     * The accumulator of {@link Stats}, in one pass. The squared distances from the mean are kept up to date with each
     * number, never as a difference of two large sums (B. P. Welford, Note on a method for calculating corrected sums
     * of squares and products, Technometrics 4, 1962), and those of two parts are joined as T. F. Chan, G. H. Golub and
     * R. J. LeVeque do (Updating formulae and a pairwise algorithm for computing sample variances, 1979).
     */
    static final class Moments implements Serializable {

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

    /**
     * A sum of doubles. The rounding error of each addition is added up as well, and given back at the end (A.
     * Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54, 1974; a refinement of
     * Kahan's and Babuška's).
     *
     * <p>Sums of parts are merged in the same way, so the error is bounded for any tree of merges: by one rounding of
     * the result plus, for n numbers, about n² · 2<sup>-106</sup> times the sum of their absolute values.
     */
    static final class DoubleTotal implements Serializable {

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
}
