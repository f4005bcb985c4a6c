package dev.bag.kernel;

import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What messages call an operation.
 *
 * @param name its kind, such as {@code map}
 * @param label with the user's name for it, such as {@code map "parse"}
 * @param chain returns the operations from the source to the result; asked only for a message
 */
public record Operator(String name, String label, Supplier<String> chain) implements Serializable {

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
