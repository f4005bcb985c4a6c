package dev.bag.plan;

import java.util.Comparator;

/**
 * The same records in the order of the comparator, over all partitions; equal ones keep their order. Of all those only
 * the first {@code most}, each in the partition in which it is among all.
 */
public record Sorted<T>(Plan<T> input, Comparator<? super T> comparator, long most, String operator)
        implements Shuffled<T, T> {

    /** As {@code most}: however many there are. */
    public static final long ALL = Long.MAX_VALUE;

    /** Checks how many are wanted. */
    public Sorted {
        if (most < 0) {
            throw new IllegalArgumentException(operator + ": of " + most + " records there is no order");
        }
    }

    /** All records in order. */
    public Sorted(Plan<T> input, Comparator<? super T> comparator, String operator) {
        this(input, comparator, ALL, operator);
    }

    /** The same order, of which only the first records are wanted. */
    public Sorted<T> withMost(long count) {
        return new Sorted<>(input, comparator, count, operator);
    }

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new Sorted<>(input, comparator, most, operator);
    }

    @Override
    public int partitionCount() {
        return Shuffled.partitionsFor(input);
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.sorted(this);
    }
}
