package dev.bag.run.end;

import java.util.Map;
import java.util.TreeMap;
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
    /** By level and pair. */
    private final Map<Long, Held<P>> slots = new ConcurrentHashMap<>();

    /** A run of parts in a slot; the part itself may be null. */
    private record Held<P extends @Nullable Object>(int level, int index, P part) {

        long slot() {
            return (long) level << Integer.SIZE | index >>> 1;
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
        Held<P> other = slots.putIfAbsent(held.slot(), held);
        if (other != null) {
            slots.remove(held.slot());
        }
        return other;
    }

    /** The whole, after all parts were added, which are at least one. */
    P whole() throws Throwable {
        Held<P> whole = null;
        for (Held<P> left : new TreeMap<>(slots).values()) {
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
