package dev.bag.stage;

import dev.bag.kernel.Operator;
import dev.bag.kernel.Operator.Place;
import dev.bag.plan.Between;
import java.io.Serializable;

/**
 * What a stage reads.
 *
 * @param operator what messages call it
 * @param partitionCount how many partitions it has
 * @param pipelined whether chunks of one partition may be costly to make
 * @param origin where its partitions come from
 */
public record StageRoot(Operator operator, int partitionCount, boolean pipelined, Origin origin)
        implements Place.Numbering, Serializable {

    /** Where the partitions that a stage reads come from; the numbers are those of {@link Program}. */
    public sealed interface Origin extends Serializable {
        /** The parts of a source. */
        record OfSource(int source) implements Origin {}

        /** The elements of values that are iterables, one partition for each value. */
        record OfValues(int[] values) implements Origin {}

        /**
         * What earlier stages have left at an exchange.
         *
         * @param node the operation between stages; its inputs are slots
         */
        record OfExchange(int exchange, Between<?> node) implements Origin {}
    }

    /** Returns the same, read once more in the same stage. */
    StageRoot copy(int number) {
        return new StageRoot(operator.copy(number), partitionCount, pipelined, origin);
    }

    @Override
    public int partitionOf(int lane) {
        return lane;
    }

    @Override
    public int count() {
        return partitionCount;
    }
}
