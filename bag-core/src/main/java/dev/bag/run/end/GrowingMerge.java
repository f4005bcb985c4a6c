package dev.bag.run.end;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As {@link OrderedMerge}, for parts whose number is known only at the end: the chunks of a stream. Level l holds the
 * merged runs of 2^l chunks that begin at a multiple of 2^l; what is left over at the right edge is merged at the end.
 */
final class GrowingMerge<P extends @Nullable Object> {

    private final OrderedMerge.Merger<P> merger;
    /** Per level the runs that wait for their neighbours; guarded by this. */
    private final List<List<Waiting<P>>> levels = new ArrayList<>();

    /** A merged run and its index among those of its level. */
    private record Waiting<P extends @Nullable Object>(int index, P part) {}

    GrowingMerge(OrderedMerge.Merger<P> merger) {
        this.merger = merger;
    }

    /** Adds the part of chunk {@code chunk}, once each. */
    void add(int chunk, P part) throws Throwable {
        P merged = part;
        int index = chunk;
        for (int level = 0; ; level++) {
            Waiting<P> neighbour = meet(level, index, merged);
            if (neighbour == null) {
                return;
            }
            boolean left = (index & 1) == 0;
            merged = left ? merger.merge(merged, neighbour.part()) : merger.merge(neighbour.part(), merged);
            index /= 2;
        }
    }

    /** The whole, after all chunks were added, which are at least one. */
    synchronized P whole() throws Throwable {
        Waiting<P> whole = null;
        for (List<Waiting<P>> level : levels) {
            for (Waiting<P> left : level) {
                whole = whole == null ? left : new Waiting<>(0, merger.merge(left.part(), whole.part()));
            }
        }
        if (whole == null) {
            throw new IllegalStateException("there are no parts");
        }
        return whole.part();
    }

    /** Takes the neighbour of a run, or leaves the run for it and answers null. */
    private synchronized @Nullable Waiting<P> meet(int level, int index, P part) {
        if (level == levels.size()) {
            levels.add(new ArrayList<>(2));
        }
        List<Waiting<P>> waiting = levels.get(level);
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).index() == (index ^ 1)) {
                return waiting.remove(i);
            }
        }
        waiting.add(new Waiting<>(index, part));
        return null;
    }
}
