package dev.bag.run.end;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges partial results with their neighbours, as a tree whose shape depends on their number only, so that the result
 * is the same bit for bit however the parts were timed. The number need not be known before: level l holds the merged
 * runs of 2^l parts that begin at a multiple of 2^l, and what is left over at the right edge is merged at the end.
 *
 * <p>Protocol: each pair of neighbours has a slot. The part that comes first is left there. The part that comes second
 * takes it out, is merged with it in their order, and goes on to the pair above.
 */
final class OrderedMerge<P extends @Nullable Object> {

    private final Merger<P> merger;
    /** What waits, found by what is equal to it: its neighbour. */
    private final Map<Held<P>, Held<P>> slots = new ConcurrentHashMap<>();

    /** A run of parts, equal to its neighbour, with which it shares a slot. The part itself may be null. */
    private record Held<P extends @Nullable Object>(int level, int index, P part) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Held<?> held && held.level == level && held.index >>> 1 == index >>> 1;
        }

        @Override
        public int hashCode() {
            return (index >>> 1) * 31 + level;
        }

        long start() {
            return (long) index << level;
        }

        long end() {
            return (index + 1L) << level;
        }
    }

    /** Merges the part on the left with the part on the right of it. */
    @FunctionalInterface
    interface Merger<P extends @Nullable Object> {
        P merge(P left, P right) throws Throwable;
    }

    OrderedMerge(Merger<P> merger) {
        this.merger = merger;
    }

    /** Adds part {@code number}, once each. */
    void add(int number, P part) throws Throwable {
        Held<P> held = new Held<>(0, number, part);
        for (Held<P> other = meet(held); other != null; other = meet(held)) {
            boolean left = (held.index() & 1) == 0;
            P merged = left ? merger.merge(held.part(), other.part()) : merger.merge(other.part(), held.part());
            held = new Held<>(held.level() + 1, held.index() >>> 1, merged);
        }
    }

    /** Takes the neighbour of a run, or leaves the run for it and returns null. */
    private @Nullable Held<P> meet(Held<P> held) {
        Held<P> other = slots.putIfAbsent(held, held);
        if (other != null) {
            slots.remove(held);
        }
        return other;
    }

    /** The whole, after all parts were added, which are at least one. */
    P whole() throws Throwable {
        Held<P> whole = null;
        List<Held<P>> rest = new ArrayList<>(slots.values());
        rest.sort(Comparator.comparingLong(Held<P>::end).reversed());
        for (Held<P> left : rest) {
            if (whole == null) {
                whole = left;
            } else if (left.end() == whole.start()) {
                whole = new Held<>(0, (int) left.start(), merger.merge(left.part(), whole.part()));
            } else {
                throw new IllegalStateException("a part is missing");
            }
        }
        if (whole == null || whole.start() != 0) {
            throw new IllegalStateException("a part is missing");
        }
        return whole.part();
    }
}
