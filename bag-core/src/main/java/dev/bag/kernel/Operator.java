package dev.bag.kernel;

import dev.bag.value.ErrorPolicy;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What messages call an operation, and what becomes of the records that it fails on.
 *
 * @param name its kind, such as {@code map}
 * @param label with the user's name for it, such as {@code map "parse"}
 * @param chain returns the operations from the source to the result; asked only for a message
 * @param cover the policies for its records
 */
public record Operator(String name, String label, Supplier<String> chain, Cover cover) implements Serializable {

    /** An operation without a policy. */
    public Operator(String name, String label, Supplier<String> chain) {
        this(name, label, chain, Cover.NONE);
    }

    /** Returns the same operation, computed once more in the same stage. */
    public Operator copy(int number) {
        return cover.node() < 0
                ? this
                : new Operator(name, label, chain, new Cover(cover.node(), number, cover.policies()));
    }

    /**
     * The policies for the records of an operation.
     *
     * @param node the number of the operation in its run, by which it is known wherever it is computed; -1 in a run without
     *     policies
     * @param copy tells apart what is computed more than once in a stage
     * @param policies those that let a record pass on which the operation fails; none if it fails the run
     */
    public record Cover(int node, int copy, List<Policy> policies) implements Serializable {

        /** That of an operation which fails the run, in a run without policies. */
        public static final Cover NONE = new Cover(-1, 0, List.of());
    }

    /**
     * A policy at its place in a plan.
     *
     * @param number by which it is known in its run
     */
    public record Policy(int number, ErrorPolicy policy) implements Serializable {}

    /**
     * Where in the bag an operation works.
     *
     * @param partition the part of the records, from 0: a partition, or one of those that make up a joined one
     * @param numbering which partition of the bag that is; asked only for a message
     */
    public record Place(Operator operator, int partition, Numbering numbering) {

        /** How the parts of a bag are numbered for people. */
        public interface Numbering {

            /** The partition, from 0, to which part {@code part} belongs. */
            int partitionOf(int part);

            /** How many partitions there are. */
            int count();

            /** How many parts there are. By default each is a partition. */
            default int partCount() {
                return count();
            }
        }

        /** What to throw when the operation has thrown {@code thrown}, on {@code record} where it was one. */
        public OperatorFailure failure(@Nullable Object record, Throwable thrown) {
            return failure(operator, record, thrown);
        }

        /** As {@link #failure(Object, Throwable)}, for a neighbouring operation at the same place. */
        OperatorFailure failure(Operator of, @Nullable Object record, Throwable thrown) {
            return OperatorFailure.in(of, numbering.partitionOf(partition), numbering.count(), record, thrown);
        }
    }
}
