package dev.bag.plan;

import dev.bag.function.CheckedFunction;
import dev.bag.trait.Traits.EntryKey;
import java.util.List;

/**
 * An operation that moves records between partitions by their keys or their order.
 *
 * @param <R> the records that come out
 */
public sealed interface Shuffled<R> extends Between<R>
        permits FoldedByKey, GroupedByKey, Cogrouped, Shuffled.SpreadByKey, Shuffled.Distinct, Sorted {

    /** The most partitions a shuffle makes by itself. */
    int MOST_PARTITIONS = 64;

    /** The partitions made where one stream of the input is worked on by several tasks. */
    int PARTITIONS_OF_A_PIPELINE = 16;

    @Override
    int partitionCount();

    @Override
    default Shape shape() {
        return Shape.of(partitionCount());
    }

    /** Returns how many partitions a shuffle of {@code input} makes: as many as there are, within bounds. */
    static int partitionsFor(Plan<?> input) {
        int count = Math.min(input.partitionCount(), MOST_PARTITIONS);
        return count < PARTITIONS_OF_A_PIPELINE && input.shape().pipelined() ? PARTITIONS_OF_A_PIPELINE : count;
    }

    /** How a shuffle by key finds the partition of a record. */
    enum Routing {

        /** By the stable hash of its key. */
        BY_HASH,

        /** It is there already: the bag lies in as many partitions by the same key, and no record moves. */
        IN_PLACE;

        /** What is in place has one partition for each that comes out. */
        void check(Plan<?> input, int partitionCount, String operator) {
            if (this == IN_PLACE && input.partitionCount() != partitionCount) {
                throw new IllegalArgumentException(operator + ": the records of " + input.partitionCount()
                        + " partitions cannot be in place in " + partitionCount);
            }
        }
    }

    /** The same records, spread over partitions by the stable hash of their key; in each in input order. */
    record SpreadByKey<T, K>(
            Plan<T> input, CheckedFunction<? super T, ? extends K> key, int partitionCount, String operator)
            implements Shuffled<T> {

        /** Checks the number of partitions. */
        public SpreadByKey {
            if (partitionCount < 1) {
                throw new IllegalArgumentException(
                        operator + "(" + partitionCount + "): a bag has at least 1 partition");
            }
        }

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public SpreadByKey<T, K> withInputs(List<? extends Node> inputs) {
            return new SpreadByKey<>(Inputs.plan(inputs, 0), key, partitionCount, operator);
        }

        @Override
        public boolean placesByKey() {
            return key instanceof EntryKey<?, ?>;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.spreadByKey(this);
        }
    }

    /** For each key the first record that has it; spread as by {@link FoldedByKey}. */
    record Distinct<T, K>(
            Plan<T> input, CheckedFunction<? super T, ? extends K> key, int partitionCount, String operator)
            implements Shuffled<T> {

        @Override
        public List<Node> inputs() {
            return List.of(input);
        }

        @Override
        public Distinct<T, K> withInputs(List<? extends Node> inputs) {
            return new Distinct<>(Inputs.plan(inputs, 0), key, partitionCount, operator);
        }

        @Override
        public boolean placesByKey() {
            return false;
        }

        @Override
        public <X> X match(Cases<X> cases) {
            return cases.distinct(this);
        }
    }
}
