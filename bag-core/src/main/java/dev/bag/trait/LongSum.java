package dev.bag.trait;

import org.jspecify.annotations.Nullable;

/**
 * A fold that adds up a long of each record, exactly. The engine may add the numbers up itself, some of them at a time and
 * in any order, and add their sums to an accumulator: the same comes out.
 *
 * @param <T> the records
 * @param <A> the accumulator
 */
public interface LongSum<T, A extends @Nullable Object> {

    /** The number of a record. */
    long number(T record);

    /** Whether the number of each record is 1, whatever the record is. */
    default boolean onlyCounts() {
        return false;
    }

    /** A new accumulator of no numbers. */
    A zero();

    /** The accumulator of what {@code accumulator} has seen and of {@code number}; it may be the same object. */
    A plus(A accumulator, long number);

    /** The accumulator of what both have seen; it may be either object. */
    A merge(A left, A right);

    /** Whether what {@code accumulator} has seen is a long. */
    boolean isLong(A accumulator);

    /** What {@code accumulator} has seen, if that is a long. */
    long toLong(A accumulator);
}
