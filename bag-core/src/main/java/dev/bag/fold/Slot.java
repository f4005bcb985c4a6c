package dev.bag.fold;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The accumulator of a fold inside another fold. The inner fold may return a new accumulator for every record; the slot
 * stays the same, so that nothing else has to be made anew.
 */
final class Slot<A extends @Nullable Object> implements Serializable {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a slot is as serializable as what is in it
    private A accumulator;

    Slot(A accumulator) {
        this.accumulator = accumulator;
    }

    <T> void add(Fold<? super T, A, ?> fold, T record) {
        accumulator = fold.add(accumulator, record);
    }

    void merge(Fold<?, A, ?> fold, Slot<A> later) {
        accumulator = fold.merge(accumulator, later.accumulator);
    }

    <R extends @Nullable Object> R finish(Fold<?, A, ? extends R> fold) {
        return fold.finish(accumulator);
    }
}
