package dev.bag.plan;

import java.util.List;

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
}
