package dev.bag.plan;

import java.util.Comparator;

/** The same records in the order of the comparator, over all partitions; equal ones keep their order. */
public record Sorted<T>(Plan<T> input, Comparator<? super T> comparator, String operator) implements Shuffled<T, T> {

    @Override
    public Plan<T> withInput(Plan<T> input) {
        return new Sorted<>(input, comparator, operator);
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
