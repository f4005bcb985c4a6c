package dev.bag.shuffle.gather;

import dev.bag.shuffle.hold.Sealable;
import dev.bag.shuffle.hold.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * What neighbouring parts of the input leave, in their order: segments, and at both ends perhaps a small open buffer, which
 * may still become one with a small neighbour; so a million tiny partitions do not leave a million segments. What is
 * small and in between is sealed, so that it can be spilled.
 */
public final class MapOutput {

    private final List<Sealable> pieces;

    /** The pieces of one part. */
    MapOutput(List<Sealable> pieces) {
        this.pieces = pieces;
    }

    /** Adds what comes right behind, which is given up. */
    public MapOutput append(MapOutput right) throws Throwable {
        if (pieces.isEmpty()) {
            return right;
        }
        if (right.pieces.isEmpty()) {
            return this;
        }
        int last = pieces.size() - 1;
        int from = 0;
        if (pieces.get(last) instanceof OpenBuffer ours
                && right.pieces.get(0) instanceof OpenBuffer theirs
                && ours.canAbsorb(theirs)) {
            ours.absorb(theirs);
            from = 1;
        } else {
            sealUnlessFirst(pieces, last);
            if (right.pieces.size() > 1) {
                right.pieces.set(0, right.pieces.get(0).seal());
            }
        }
        if (from == 1 && right.pieces.size() > 1) {
            sealUnlessFirst(pieces, last);
        }
        pieces.addAll(right.pieces.subList(from, right.pieces.size()));
        return this;
    }

    private static void sealUnlessFirst(List<Sealable> pieces, int index) throws Throwable {
        if (index > 0) {
            pieces.set(index, pieces.get(index).seal());
        }
    }

    /** Gives all of them up. */
    static void drop(List<Sealable> pieces) {
        pieces.forEach(Sealable::drop);
    }

    /** Seals all of it, and lets go of what was open. */
    public List<Segment> seal() throws Throwable {
        List<Segment> segments = new ArrayList<>(pieces.size());
        for (Sealable piece : pieces) {
            segments.add(piece.seal());
        }
        pieces.clear();
        return segments;
    }
}
