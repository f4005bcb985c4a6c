package dev.bag.fold;

import dev.bag.fold.DoubleFolds.MeanFold;
import dev.bag.fold.DoubleFolds.StatsFold;
import dev.bag.fold.DoubleFolds.SumFold;
import dev.bag.fold.GatheringFolds.JoiningFold;
import dev.bag.fold.GatheringFolds.ListFold;
import dev.bag.fold.GatheringFolds.SetFold;
import dev.bag.fold.LongFolds.CountFold;
import dev.bag.fold.LongFolds.LongSumFold;
import dev.bag.fold.NestedFolds.BothFold;
import dev.bag.fold.NestedFolds.FilteredFold;
import dev.bag.fold.NestedFolds.GroupedFold;
import dev.bag.fold.NestedFolds.MappedFold;
import dev.bag.fold.OrderFolds.LeastFold;
import dev.bag.fold.OrderFolds.TopFold;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedPredicate;
import dev.bag.function.CheckedToDoubleFunction;
import dev.bag.function.CheckedToLongFunction;
import dev.bag.value.Histogram;
import dev.bag.value.Pair;
import dev.bag.value.Quantiles;
import dev.bag.value.Stats;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ready-made folds, and folds made from folds. Those that take another fold can be nested at will:
 *
 * <pre>{@code
 * Fold<Order, ?, Map<String, Pair<Long, Double>>> perCountry =
 *         Folds.grouping(Order::country, Folds.both(Folds.counting(), Folds.summing(Order::price)));
 * }</pre>
 *
 * <p>How records fall into parts changes no result, with three exceptions: sums and moments of doubles may differ
 * within their rounding error, {@link #quantiles} of many records within their bound, and {@link #reservoir} draws
 * another sample. For the same parts, merged in the same way, every fold gives the same bits on any machine.
 *
 * <p>Functions are called once for each record, by several threads at once, so they must not write to shared state. A
 * fold can be sent to another JVM if the functions and comparators that it was given can be. Each method says how much
 * memory an accumulator takes; there is one for each part, until it is merged with its neighbour.
 */
public final class Folds {

    private Folds() {}

    // ------------------------------------------------------------------------------------------------ numbers

    /** Returns a fold that counts records. Of none: 0. Memory: a number. */
    public static <T> Fold<T, ?, Long> counting() {
        return new CountFold<>();
    }

    /**
     * Returns a fold that adds up a double of each record. Of none: 0. Memory: a few numbers.
     *
     * <p>The rounding error of each addition is added up as well and given back at the end (Neumaier 1974): 1e16, 1 and
     * -1e16 give 1, in any order. The error is that of one rounding of the exact sum, plus about n² · 2<sup>-106</sup>
     * of the sum of the absolute values. Infinities, NaN, and a sum that leaves the range of a double on the way, give
     * what plain addition gives.
     *
     * @param f the number of a record
     */
    public static <T> Fold<T, ?, Double> summing(CheckedToDoubleFunction<? super T> f) {
        return new SumFold<>(f);
    }

    /**
     * Returns a fold that adds up a long of each record, exactly. Of none: 0. Memory: two numbers.
     *
     * <p>The sum may leave the range of a long on the way. If it ends outside, the fold fails with an
     * {@link ArithmeticException}.
     *
     * @param f the number of a record
     */
    public static <T> Fold<T, ?, Long> summingLong(CheckedToLongFunction<? super T> f) {
        return new LongSumFold<>(f);
    }

    /**
     * Returns a fold that computes the arithmetic mean of a double of each record: {@link #summing} divided by the
     * count. Of none: NaN. Memory: a few numbers.
     *
     * @param f the number of a record
     */
    public static <T> Fold<T, ?, Double> averaging(CheckedToDoubleFunction<? super T> f) {
        return new MeanFold<>(f);
    }

    /**
     * Returns a fold that computes count, sum, mean, population variance, minimum and maximum of a double of each
     * record. Of none: count and sum 0, the rest NaN. Memory: a few numbers.
     *
     * <p>Sum and mean are those of {@link #summing} and {@link #averaging}. The variance is taken around a moving mean
     * (Welford 1962; merged as by Chan, Golub and LeVeque 1979), so that a large mean does not drown it. A NaN makes
     * everything but the count NaN, an infinity makes the variance NaN.
     *
     * @param f the number of a record
     */
    public static <T> Fold<T, ?, Stats> stats(CheckedToDoubleFunction<? super T> f) {
        return new StatsFold<>(f);
    }

    /**
     * Returns a fold that counts how many numbers lie between each two neighbouring edges, as {@code numpy.histogram}
     * does: n edges make n - 1 bins; a bin holds its lower edge and not its upper one, but the last bin holds both; a
     * number outside all bins is not counted. Of none: all zeros. Memory: a number for each bin.
     *
     * <p>A NaN fails. The first edge may be {@link Double#NEGATIVE_INFINITY}, the last one
     * {@link Double#POSITIVE_INFINITY}.
     *
     * @param f the number of a record
     * @param edges two or more, each larger than the one before
     * @throws IllegalArgumentException if there are fewer than two edges, or they do not increase
     */
    public static <T> Fold<T, ?, Histogram> histogram(CheckedToDoubleFunction<? super T> f, double... edges) {
        return new HistogramFold<>(f, edges);
    }

    /**
     * Returns a fold that computes quantiles of a double of each record, one for each rank: 0.5 asks for the median,
     * 0.99 for the value that 99 % of the records do not exceed. Of none: all NaN.
     *
     * <pre>{@code
     * Quantiles latencies = requests.fold(Folds.quantiles(Request::millis, 0.5, 0.99)).compute();
     * double median = latencies.at(0.5);
     * }</pre>
     *
     * <p>The quantile of rank r of n records is the number of a record: the smallest that at least r · n of all do not
     * exceed, as {@code numpy.quantile(…, method="inverted_cdf")} returns; rank 0 is the minimum, rank 1 the maximum.
     * This is exact for up to 8,192 records, and for ranks 0 and 1 always. With more records, the rank of the result is
     * off by less than {@code (log2(n / 8192) + 1) / 8192}, for all values in any order: 0.1 % for a million records,
     * 0.22 % for a billion; random orders give about a fifth of that. (Manku, Rajagopalan and Lindsay 1998; merged as
     * by Agarwal et al. 2012.)
     *
     * <p>Memory: up to 64 KiB for the first 8,192 records and again for each doubling of their number. A NaN fails;
     * infinities have their ranks.
     *
     * @param f the number of a record
     * @param ranks one or more, each from 0 to 1
     * @throws IllegalArgumentException if there are no ranks, or one is not from 0 to 1
     */
    public static <T> Fold<T, ?, Quantiles> quantiles(CheckedToDoubleFunction<? super T> f, double... ranks) {
        return new QuantilesFold<>(f, ranks);
    }

    /**
     * Returns a fold that counts about how many different results {@code f} has, in little memory, however many there
     * are. It is exact for up to 2,048; with more, two of three counts are within 0.81 % of the truth, 95 of 100 within
     * 1.6 % (HyperLogLog, Flajolet et al. 2007, with the estimate of Ertl 2017). Of none: 0. Memory: at most 32 KiB.
     * {@link #toSet} counts exactly.
     *
     * <p>Neither order nor parts change the count. Results are told apart by their content, which may be: strings,
     * boxed numbers, characters and booleans, {@code BigInteger}, {@code BigDecimal}, enums, {@code UUID}, dates and
     * times of {@code java.time}; arrays, lists, sets, maps, optionals and records of those. A record is its class and
     * its components, whatever its {@code equals} says. Any other class fails, because its hash code has too few bits
     * and may differ from run to run; a null fails, too.
     *
     * @param f what to count; {@code record -> record} for the records themselves
     */
    public static <T> Fold<T, ?, Long> countDistinctApprox(CheckedFunction<? super T, ?> f) {
        return new DistinctFold<>(f);
    }

    // ------------------------------------------------------------------------------------------------ some records

    /**
     * Returns a fold that finds the smallest record, the first if several are equal. Of none: empty. Memory: a record.
     *
     * @param comparator called by several threads at once
     */
    public static <T> Fold<T, ?, Optional<T>> min(Comparator<? super T> comparator) {
        return new LeastFold<>(comparator);
    }

    /**
     * Returns a fold that finds the largest record, the first if several are equal. Of none: empty. Memory: a record.
     *
     * @param comparator called by several threads at once
     */
    public static <T> Fold<T, ?, Optional<T>> max(Comparator<? super T> comparator) {
        return new LeastFold<>(comparator.reversed());
    }

    /**
     * Returns a fold that finds the {@code k} largest records, or all if there are fewer: the largest first, records
     * that are equal in input order, in an unmodifiable list. If not all of several equal records find room, the first
     * stay. Memory: at most 2k records.
     *
     * @param k 0 or more
     * @param comparator called by several threads at once
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public static <T> Fold<T, ?, List<T>> topK(int k, Comparator<? super T> comparator) {
        return new TopFold<>(k, comparator.reversed());
    }

    /**
     * Returns a fold that draws a sample of {@code k} records without replacement, or takes all if there are fewer, in
     * input order, in an unmodifiable list. Every record is as likely to be drawn as any other (Vitter 1985). Memory: k
     * records.
     *
     * <p>The same records in the same parts, merged in the same way, give the same sample for the same seed. Other
     * parts give another sample: a part does not know what comes before it, so that no fold that keeps k records can do
     * better.
     *
     * <p>Strings, numbers and pairs of those, once drawn, influence what is drawn next, so that the draws of different
     * parts do not depend on each other. With other records they do: each part begins with the same draws, and so
     * prefers the same positions. Every record is still as likely as any other to be drawn, but two records at the same
     * position of two parts are drawn together more often than other pairs.
     *
     * @param k 0 or more
     * @param seed another seed draws another sample
     * @throws IllegalArgumentException if {@code k} is negative
     */
    public static <T> Fold<T, ?, List<T>> reservoir(int k, long seed) {
        return new ReservoirFold<>(k, seed);
    }

    // ------------------------------------------------------------------------------------------------ all records

    /** Returns a fold that collects all records in input order, in an unmodifiable list. Memory: all records. */
    public static <T> Fold<T, ?, List<T>> toList() {
        return new ListFold<>();
    }

    /**
     * Returns a fold that collects the different records, in the order in which each was first seen, in an unmodifiable
     * set. Of records that are equal it keeps the first. Memory: the different records.
     */
    public static <T> Fold<T, ?, Set<T>> toSet() {
        return new SetFold<>();
    }

    /**
     * Returns a fold that concatenates all records in input order. Of none: "". Memory: the string.
     *
     * @param delimiter stands between each two records
     */
    public static <T extends CharSequence> Fold<T, ?, String> joining(CharSequence delimiter) {
        return new JoiningFold<>(delimiter.toString());
    }

    // ------------------------------------------------------------------------------------------------ folds of folds

    /**
     * Returns a fold that maps each record and gives the result to another fold. Memory: that of {@code fold}.
     *
     * @param f a null result fails
     * @param fold what to make of the results
     */
    public static <T, U, A extends @Nullable Object, R extends @Nullable Object> Fold<T, ?, R> mapping(
            CheckedFunction<? super T, ? extends U> f, Fold<? super U, A, R> fold) {
        return new MappedFold<>(f, fold);
    }

    /**
     * Returns a fold that gives the records for which {@code p} is true to another fold. Memory: that of {@code fold}.
     *
     * @param p which records to fold
     * @param fold what to make of them
     */
    public static <T, A extends @Nullable Object, R extends @Nullable Object> Fold<T, ?, R> filtering(
            CheckedPredicate<? super T> p, Fold<? super T, A, R> fold) {
        return new FilteredFold<>(p, fold);
    }

    /**
     * Returns a fold that gives the same records to two folds, in one pass. Memory: that of both.
     *
     * @param a has the first result
     * @param b has the second result
     */
    public static <
                    T,
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    R extends @Nullable Object,
                    S extends @Nullable Object>
            Fold<T, ?, Pair<R, S>> both(Fold<? super T, A, R> a, Fold<? super T, B, S> b) {
        return new BothFold<>(a, b);
    }

    /**
     * Returns a fold that folds the records of each key, in an unmodifiable map, in the order in which each key was
     * first seen. Of none: an empty map. Memory: an accumulator for each key.
     *
     * @param f the key of a record, which needs {@code equals} and {@code hashCode}; a null key fails
     * @param fold what to make of the records of a key
     */
    public static <T, K, A extends @Nullable Object, R extends @Nullable Object> Fold<T, ?, Map<K, R>> grouping(
            CheckedFunction<? super T, ? extends K> f, Fold<? super T, A, R> fold) {
        return new GroupedFold<>(f, fold);
    }
}
