package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same records in the order of their keys, over all partitions; of equal keys they keep their order. Of all those only
 * the first {@code most}, each in the partition in which it is among all.
 *
 * @param key makes the key of a record, once for each; null where the records themselves are compared
 */
public record Sorted<T, K>(
        Plan<T> input,
        @Nullable CheckedFunction<? super T, ? extends K> key,
        Comparator<? super K> comparator,
        long most,
        int partitionCount,
        String operator)
        implements Shuffled<T> {

    /** As {@code most}: however many there are. */
    public static final long ALL = Long.MAX_VALUE;

    /** Checks how many are wanted. */
    public Sorted {
        if (most < 0) {
            throw new IllegalArgumentException(operator + ": of " + most + " records there is no order");
        }
    }

    /** All records in the order of {@code comparator}. */
    public static <T> Sorted<T, T> of(Plan<T> input, Comparator<? super T> comparator, String operator) {
        return new Sorted<>(input, null, comparator, ALL, Shuffled.partitionsFor(input), operator);
    }

    /** All records in the order of {@code comparator} of their keys. */
    public static <T, K> Sorted<T, K> by(
            CheckedFunction<? super T, ? extends K> key,
            Plan<T> input,
            Comparator<? super K> comparator,
            String operator) {
        return new Sorted<>(input, key, comparator, ALL, Shuffled.partitionsFor(input), operator);
    }

    /** The same order, of which only the first records are wanted. */
    public Sorted<T, K> withMost(long count) {
        return new Sorted<>(input, key, comparator, count, partitionCount, operator);
    }

    /** Whether {@code other} puts records into the same order, as far as is known. */
    public boolean isSameOrderAs(Sorted<?, ?> other) {
        return key == other.key && comparator == other.comparator;
    }

    @Override
    public List<Node> inputs() {
        return List.of(input);
    }

    @Override
    public Sorted<T, K> withInputs(List<? extends Node> inputs) {
        return new Sorted<>(Inputs.plan(inputs, 0), key, comparator, most, partitionCount, operator);
    }

    @Override
    public boolean placesByKey() {
        return false;
    }

    @Override
    public <X> X match(Cases<X> cases) {
        return cases.sorted(this);
    }
}
