package dev.bag.kernel;

import org.jspecify.annotations.Nullable;

/** An operation that makes at most one record of one. */
public abstract class Step {

    private final Operator operator;

    /** A step of {@code operator}. */
    protected Step(Operator operator) {
        this.operator = operator;
    }

    /** The record that comes out, or null when none does. */
    protected abstract @Nullable Object apply(Object record) throws Throwable;

    /** What messages call this step. */
    final Operator operator() {
        return operator;
    }

    /** This, or for a step that holds state of one partition: a fresh one for {@code partition}. */
    protected Step forPartition(int partition) {
        return this;
    }
}
