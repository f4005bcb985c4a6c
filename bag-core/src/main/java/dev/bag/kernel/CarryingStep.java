package dev.bag.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A step that carries something on from each record to the next, and from each partition to the next: so it sees all
 * records as long as any later one is wanted.
 */
public abstract class CarryingStep extends Step {

    /** A step of {@code operator}. */
    protected CarryingStep(Operator operator) {
        super(operator);
    }

    /** What is carried on. */
    public abstract Carried carried();

    /** The tally that ends this step when it comes to zero: nothing passes after that; null when there is none. */
    @Nullable Tally gate() {
        return null;
    }

    /** What comes before the first record, the first time that this is asked; after that null. */
    @Nullable Object takeFirst() {
        return null;
    }
}
