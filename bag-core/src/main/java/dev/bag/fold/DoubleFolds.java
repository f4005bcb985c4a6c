package dev.bag.fold;

import dev.bag.function.CheckedToDoubleFunction;
import dev.bag.trait.Traits.InDoubles;
import dev.bag.trait.Traits.RetainsNothing;
import dev.bag.value.Stats;
import java.util.Objects;

/**
 * The sum, the mean and the spread of a double of each record. What they know of records is some doubles, in an array,
 * from an index {@code at} on.
 */
final class DoubleFolds {

    private DoubleFolds() {}

    /** A fold of doubles. */
    private interface OfDoubles<T, R> extends Fold<T, double[], R>, InDoubles<T>, RetainsNothing {

        @Override
        default double[] zero() {
            double[] numbers = new double[width()];
            begin(numbers, 0);
            return numbers;
        }

        @Override
        default double[] add(double[] numbers, T record) {
            add(numbers, 0, record);
            return numbers;
        }

        @Override
        default double[] merge(double[] left, double[] right) {
            merge(left, 0, right, 0);
            return left;
        }
    }

    /** The sum of a double of each record. */
    record SumFold<T>(CheckedToDoubleFunction<? super T> number) implements OfDoubles<T, Double> {

        SumFold {
            Objects.requireNonNull(number, "f");
        }

        @Override
        public int width() {
            return DoubleTotal.WIDTH;
        }

        @Override
        public void begin(double[] numbers, int at) {}

        @Override
        public void add(double[] numbers, int at, T record) {
            DoubleTotal.add(numbers, at, number.applyAsDouble(record));
        }

        @Override
        public void merge(double[] left, int at, double[] right, int rightAt) {
            DoubleTotal.addAll(left, at, right, rightAt);
        }

        @Override
        public Double finish(double[] numbers) {
            return DoubleTotal.toDouble(numbers, 0);
        }
    }

    /** The mean of a double of each record: a total, and of how many. */
    record MeanFold<T>(CheckedToDoubleFunction<? super T> number) implements OfDoubles<T, Double> {

        private static final int COUNT = DoubleTotal.WIDTH;

        MeanFold {
            Objects.requireNonNull(number, "f");
        }

        @Override
        public int width() {
            return COUNT + 1;
        }

        @Override
        public void begin(double[] numbers, int at) {}

        @Override
        public void add(double[] numbers, int at, T record) {
            DoubleTotal.add(numbers, at, number.applyAsDouble(record));
            numbers[at + COUNT]++;
        }

        @Override
        public void merge(double[] left, int at, double[] right, int rightAt) {
            DoubleTotal.addAll(left, at, right, rightAt);
            left[at + COUNT] += right[rightAt + COUNT];
        }

        @Override
        public Double finish(double[] numbers) {
            return DoubleTotal.toDouble(numbers, 0) / numbers[COUNT];
        }
    }

    /** A numeric summary of a double of each record. */
    record StatsFold<T>(CheckedToDoubleFunction<? super T> number) implements OfDoubles<T, Stats> {

        StatsFold {
            Objects.requireNonNull(number, "f");
        }

        @Override
        public int width() {
            return Moments.WIDTH;
        }

        @Override
        public void begin(double[] numbers, int at) {
            Moments.begin(numbers, at);
        }

        @Override
        public void add(double[] numbers, int at, T record) {
            Moments.add(numbers, at, number.applyAsDouble(record));
        }

        @Override
        public void merge(double[] left, int at, double[] right, int rightAt) {
            Moments.addAll(left, at, right, rightAt);
        }

        @Override
        public Stats finish(double[] numbers) {
            return Moments.toStats(numbers);
        }
    }

    /**
     * What {@link Stats} are made of, in one pass. The squared distances from the mean are kept up to date with each
     * number, never as a difference of two large sums (B. P. Welford, Note on a method for calculating corrected sums
     * of squares and products, Technometrics 4, 1962), and those of two parts are joined as T. F. Chan, G. H. Golub and
     * R. J. LeVeque do (Updating formulae and a pairwise algorithm for computing sample variances, 1979).
     */
    private static final class Moments {

        private static final int TOTAL = 0;
        /** The mean as it moves with each number: a sum of small steps, so that distances from it lose nothing. */
        private static final int MEAN = TOTAL + DoubleTotal.WIDTH;

        /** How many numbers there are. A double holds it exactly, up to 2<sup>53</sup>. */
        private static final int COUNT = MEAN + DoubleTotal.WIDTH;

        /** The sum of the squared distances from the mean. */
        private static final int SQUARES = COUNT + 1;

        private static final int MIN = SQUARES + 1;
        private static final int MAX = MIN + 1;
        static final int WIDTH = MAX + 1;

        private Moments() {}

        static void begin(double[] numbers, int at) {
            numbers[at + MIN] = Double.POSITIVE_INFINITY;
            numbers[at + MAX] = Double.NEGATIVE_INFINITY;
        }

        static void add(double[] numbers, int at, double value) {
            double count = ++numbers[at + COUNT];
            DoubleTotal.add(numbers, at + TOTAL, value);
            double distance = DoubleTotal.distance(numbers, at + MEAN, value);
            DoubleTotal.add(numbers, at + MEAN, distance / count);
            numbers[at + SQUARES] += distance * DoubleTotal.distance(numbers, at + MEAN, value);
            numbers[at + MIN] = Math.min(numbers[at + MIN], value);
            numbers[at + MAX] = Math.max(numbers[at + MAX], value);
        }

        static void addAll(double[] numbers, int at, double[] other, int otherAt) {
            double left = numbers[at + COUNT];
            double right = other[otherAt + COUNT];
            if (left == 0) {
                System.arraycopy(other, otherAt, numbers, at, WIDTH);
            } else if (right > 0) {
                double count = left + right;
                numbers[at + COUNT] = count;
                DoubleTotal.addAll(numbers, at + TOTAL, other, otherAt + TOTAL);
                double distance = DoubleTotal.distance(numbers, at + MEAN, other, otherAt + MEAN);
                DoubleTotal.add(numbers, at + MEAN, distance * (right / count));
                numbers[at + SQUARES] += other[otherAt + SQUARES] + distance * distance * (left * right / count);
                numbers[at + MIN] = Math.min(numbers[at + MIN], other[otherAt + MIN]);
                numbers[at + MAX] = Math.max(numbers[at + MAX], other[otherAt + MAX]);
            }
        }

        static Stats toStats(double[] numbers) {
            double count = numbers[COUNT];
            if (count == 0) {
                return new Stats(0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
            }
            double sum = DoubleTotal.toDouble(numbers, TOTAL);
            return new Stats((long) count, sum, sum / count, numbers[SQUARES] / count, numbers[MIN], numbers[MAX]);
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
    private static final class DoubleTotal {

        /** The sum by plain addition, and behind it what its roundings have lost, which means nothing if that is infinite or NaN. */
        static final int WIDTH = 2;

        private DoubleTotal() {}

        static void add(double[] numbers, int at, double value) {
            double sum = numbers[at];
            double next = sum + value;
            numbers[at + 1] += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            numbers[at] = next;
        }

        static void addAll(double[] numbers, int at, double[] other, int otherAt) {
            add(numbers, at, other[otherAt]);
            numbers[at + 1] += other[otherAt + 1];
        }

        static double toDouble(double[] numbers, int at) {
            return Double.isFinite(numbers[at]) ? numbers[at] + numbers[at + 1] : numbers[at];
        }

        /** Returns {@code value} minus the sum, without rounding the sum first. */
        static double distance(double[] numbers, int at, double value) {
            return (value - numbers[at]) - numbers[at + 1];
        }

        /** Returns the sum of {@code other} minus this one, without rounding them first. */
        static double distance(double[] numbers, int at, double[] other, int otherAt) {
            return (other[otherAt] - numbers[at]) + (other[otherAt + 1] - numbers[at + 1]);
        }
    }
}
