package dev.bag.run.end;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Merges a known number of partial results with their neighbours, as a tree whose shape depends on that number only, so
 * that the result is the same bit for bit however the parts were timed.
 *
 * <p>Protocol: each pair of neighbours has a slot. Who comes first leaves its part there and goes; who comes second takes
 * it, merges both in their order, and goes on to the pair above. A part without a neighbour rises as it is.
 */
final class OrderedMerge<P extends @Nullable Object> {

    private final int leaves;
    private final Merger<P> merger;
    private final AtomicReferenceArray<@Nullable Held<P>> slots;
    /** Written by the thread that merges the last pair, read after the batch has completed. */
    private volatile @Nullable Held<P> root;

    /** A part, which may be null, in a slot, where null means that nobody has come. */
    private record Held<P extends @Nullable Object>(P part) {}

    /** Merges the part on the left with the part on the right of it. */
    @FunctionalInterface
    interface Merger<P extends @Nullable Object> {
        P merge(P left, P right) throws Throwable;
    }

    OrderedMerge(int leaves, Merger<P> merger) {
        this.leaves = leaves;
        this.merger = merger;
        this.slots = new AtomicReferenceArray<>(leaves);
    }

    /** Adds the part of leaf {@code leaf}, once each. */
    void add(int leaf, P part) throws Throwable {
        P merged = part;
        int index = leaf;
        int firstSlot = 0;
        for (int width = leaves; width > 1; width = (width + 1) / 2) {
            boolean hasNeighbour = (index | 1) < width;
            if (hasNeighbour) {
                int slot = firstSlot + index / 2;
                Held<P> other = slots.getAndSet(slot, new Held<>(merged));
                if (other == null) {
                    return;
                }
                slots.set(slot, null);
                boolean left = (index & 1) == 0;
                merged = left ? merger.merge(merged, other.part()) : merger.merge(other.part(), merged);
            }
            index /= 2;
            firstSlot += width / 2;
        }
        root = new Held<>(merged);
    }

    /** The whole, after all leaves were added. */
    P whole() {
        Held<P> whole = root;
        if (whole == null) {
            throw new IllegalStateException("a part is missing");
        }
        return whole.part();
    }
}
