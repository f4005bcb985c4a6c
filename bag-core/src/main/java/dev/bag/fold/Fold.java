package dev.bag.fold;

import dev.bag.fold.FunctionFolds.CollectorFold;
import dev.bag.fold.FunctionFolds.FunctionFold;
import dev.bag.function.CheckedBiFunction;
import dev.bag.function.CheckedBinaryOperator;
import dev.bag.function.CheckedFunction;
import dev.bag.function.CheckedSupplier;
import java.io.Serializable;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A summary of many records that can be made in parts: each part from {@link #zero()} by {@link #add}, the parts joined
 * by {@link #merge}, the whole turned into the result by {@link #finish}.
 *
 * <p>Parts are merged with their neighbours only, in the order of the records, so {@code merge} must be associative but
 * need not be commutative. An empty part is a zero, and merging with a zero must change nothing. An accumulator may be
 * mutable: each part gets its own from {@code zero()}, one thread at a time uses it, and both arguments of
 * {@code merge} are given up to it.
 *
 * <p>One fold serves many threads at once, so it must hold no state of its own.
 *
 * @param <T> the type of the records
 * @param <A> the type of the accumulators
 * @param <R> the type of the result
 */
public interface Fold<T, A extends @Nullable Object, R extends @Nullable Object> extends Serializable {

    /** Returns a new accumulator of no records. */
    A zero();

    /**
     * Returns the accumulator of the records of {@code accumulator} and then {@code record}. It may be the same object.
     *
     * @param accumulator not used again by the caller
     * @param record never null
     */
    A add(A accumulator, T record);

    /**
     * Returns the accumulator of the records of {@code left} and then those of {@code right}. It may be either object.
     *
     * @param left the earlier records
     * @param right the records that follow them
     */
    A merge(A left, A right);

    /**
     * Returns the result of an accumulator, which is not used again.
     *
     * @param accumulator of all records
     */
    R finish(A accumulator);

    /**
     * Returns whether merging gives, bit for bit, the same as folding the same records one after the other, wherever
     * they are cut into parts. If it does, an engine that runs out of memory may end a part early, write its
     * accumulator to disk and merge it later. Otherwise it must not, because the result would depend on how much memory
     * there is.
     *
     * <p>This concerns results, not accumulators, and holds if functions and comparators keep their own promises. A
     * fold that fails may fail on another record. True of counts, of lists and of the first of equal records; false of
     * sums of doubles, which round, and of random samples.
     *
     * @return false, which is always safe, unless the fold says otherwise
     */
    default boolean mergesExactly() {
        return false;
    }

    /**
     * Returns the fold of four functions.
     *
     * @param zero returns a new accumulator
     * @param add returns the accumulator of one more record
     * @param merge returns the accumulator of two neighbouring parts
     * @param finish returns the result
     */
    static <T, A extends @Nullable Object, R extends @Nullable Object> Fold<T, A, R> of(
            CheckedSupplier<? extends A> zero,
            CheckedBiFunction<? super A, ? super T, ? extends A> add,
            CheckedBinaryOperator<A> merge,
            CheckedFunction<? super A, ? extends R> finish) {
        return new FunctionFold<>(zero, add, merge, finish);
    }

    /**
     * Returns the fold of three functions, which has its accumulator as its result.
     *
     * @param zero returns a new accumulator
     * @param add returns the accumulator of one more record
     * @param merge returns the accumulator of two neighbouring parts
     */
    static <T, A extends @Nullable Object> Fold<T, A, A> of(
            CheckedSupplier<? extends A> zero,
            CheckedBiFunction<? super A, ? super T, ? extends A> add,
            CheckedBinaryOperator<A> merge) {
        return new FunctionFold<>(zero, add, merge, accumulator -> accumulator);
    }

    /**
     * Returns the fold that does what a collector of the JDK does.
     *
     * @param collector its characteristics make no difference
     */
    static <T, A extends @Nullable Object, R extends @Nullable Object> Fold<T, A, R> of(
            Collector<? super T, A, ? extends R> collector) {
        return new CollectorFold<>(collector);
    }
}
