package dev.bag.fold;

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
 * <p>Parts are merged with their neighbours only, in the order of the records, so {@code merge} need be associative but
 * not commutative. An empty part is a zero, and merging with a zero must change nothing. An accumulator may be mutable:
 * each part gets its own from {@code zero()}, one thread at a time uses it, and both arguments of {@code merge} are
 * given up to it.
 *
 * <p>One fold serves many threads at once, so it must hold no state of its own.
 *
 * @param <T> the records
 * @param <A> the accumulator
 * @param <R> the result
 */
public interface Fold<T, A extends @Nullable Object, R extends @Nullable Object> extends Serializable {

    /** A new accumulator of no records. */
    A zero();

    /** The accumulator of what {@code accumulator} has seen and then {@code record}; it may be the same object. */
    A add(A accumulator, T record);

    /** The accumulator of what {@code left} has seen and then what {@code right} has; it may be either object. */
    A merge(A left, A right);

    /** The result for an accumulator, which is not used again. */
    R finish(A accumulator);

    /**
     * Whether merging gives, bit for bit, what folding the same records one after the other gives, wherever they are cut
     * into parts. Then an engine that runs out of memory may end a part early, write its accumulator to disk and merge
     * it later: the result does not tell. Otherwise it must not, for the result would depend on how much memory there is.
     *
     * <p>It is about results, not about accumulators, and about functions and comparators that keep their own promises.
     * A fold that fails may fail on another record. True of counts, of lists and of the first of equals; false of sums of
     * doubles, which round, and of random samples.
     *
     * @return false, which is always safe, unless the fold says otherwise
     */
    default boolean mergesExactly() {
        return false;
    }

    /** The fold of four functions. */
    static <T, A extends @Nullable Object, R extends @Nullable Object> Fold<T, A, R> of(
            CheckedSupplier<? extends A> zero,
            CheckedBiFunction<? super A, ? super T, ? extends A> add,
            CheckedBinaryOperator<A> merge,
            CheckedFunction<? super A, ? extends R> finish) {
        return new FunctionFold<>(zero, add, merge, finish);
    }

    /** The fold of three functions, whose accumulator is its result. */
    static <T, A extends @Nullable Object> Fold<T, A, A> of(
            CheckedSupplier<? extends A> zero,
            CheckedBiFunction<? super A, ? super T, ? extends A> add,
            CheckedBinaryOperator<A> merge) {
        return new FunctionFold<>(zero, add, merge, accumulator -> accumulator);
    }

    /** The fold that does what {@code collector} does; its characteristics make no difference. */
    static <T, A extends @Nullable Object, R extends @Nullable Object> Fold<T, A, R> of(
            Collector<? super T, A, ? extends R> collector) {
        return new CollectorFold<>(collector);
    }
}
