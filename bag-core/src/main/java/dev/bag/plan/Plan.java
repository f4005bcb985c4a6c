package dev.bag.plan;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * What a bag means: an operation over other plans. Data without behaviour; each record states its meaning in one
 * sentence, and {@code PlanInterpreter} among the tests is that meaning in code. An operation is a {@link Leaf} without
 * bags below it, or works {@link Within} a stage, or lies {@link Between} stages.
 *
 * @param <T> the records of the bag
 */
public sealed interface Plan<T> extends Node permits Leaf, Within, Between {

    /** Returns what is known of the partitions: found when this was made, so that asking for it costs nothing. */
    Shape shape();

    /** Returns how many partitions the bag has: at least 1, depending on the input and the options only. */
    default int partitionCount() {
        return shape().partitionCount();
    }

    @Override
    Plan<T> withInputs(List<? extends Node> inputs);

    /**
     * What is known of the partitions of a bag when it is built. Each plan has it at hand, because a hundred thousand
     * operations may lie between it and its source, and many plans may share what is below them.
     *
     * @param partitionCount how many partitions there are: at least 1
     * @param pipelined whether a pipelined part is read somewhere below, down to the next shuffle: then partitions are
     *     few because files cannot be split, not because there is little in them
     * @param nesting how many functions from iterator to iterator pull from each other, down to the next operation
     *     between stages
     */
    record Shape(int partitionCount, boolean pipelined, int nesting) implements Serializable {

        /**
         * The most functions from iterator to iterator that may pull from each other. Each takes stack of the thread
         * that runs it: 1 kB with plain iterators, 1.7 kB with those of streams. So this is a third of what a stack of
         * 512 kB bears.
         */
        public static final int MOST_NESTED = 100;

        /** The partitions of a source, or of what is between stages. */
        static Shape of(int partitionCount) {
            return new Shape(partitionCount, false, 0);
        }

        /** The same records in so many partitions. */
        Shape withPartitions(int count) {
            return new Shape(count, pipelined, nesting);
        }

        /** As this, of partitions that are made of those of {@code other} as well. */
        Shape with(Shape other) {
            return new Shape(partitionCount, pipelined || other.pipelined, Math.max(nesting, other.nesting));
        }

        /** As this, of partitions that are kept between stages. */
        Shape kept() {
            return new Shape(partitionCount, pipelined, 0);
        }

        /** The partitions that a function from iterator to iterator makes of these. */
        Shape nested(String operator) {
            if (nesting == MOST_NESTED) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s: %,d functions of whole partitions pull from each other already, and one more might overflow"
                                + " the stack when they run. Make one function of several, or put a repartition to more"
                                + " partitions, a persist or a shuffle in between",
                        operator,
                        nesting));
            }
            return new Shape(partitionCount, pipelined, nesting + 1);
        }
    }
}
