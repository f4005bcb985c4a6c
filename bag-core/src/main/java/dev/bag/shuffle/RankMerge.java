package dev.bag.shuffle;

import dev.bag.kernel.Closing;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were divided among several, in the order in which they were first seen. What the values of a key were reduced
 * to is loaded when its turn comes: each may be as large as the memory.
 */
final class RankMerge extends Reduced {

    private final List<Reduced> parts;
    private final PriorityQueue<Reduced> waiting =
            new PriorityQueue<>(Comparator.comparingLong((Reduced part) -> part.rank));
    private @Nullable Reduced given;

    private RankMerge(List<Reduced> parts) {
        this.parts = parts;
    }

    static RankMerge of(List<Reduced> parts) throws Throwable {
        RankMerge merge = new RankMerge(parts);
        for (Reduced part : parts) {
            merge.advance(part);
        }
        return merge;
    }

    private void advance(Reduced part) throws Throwable {
        if (part.next()) {
            waiting.add(part);
        } else {
            part.key = null;
            part.reduced = null;
        }
    }

    @Override
    boolean next() throws Throwable {
        if (given != null) {
            reduced = null;
            given.reduced = null;
            advance(given);
        }
        Reduced first = waiting.poll();
        given = first;
        if (first == null) {
            return false;
        }
        first.load();
        key = first.key;
        reduced = first.reduced;
        rank = first.rank;
        return true;
    }

    @Override
    public void close() throws IOException {
        Closing closing = new Closing();
        parts.forEach(part -> closing.add(part::close));
        closing.closeFiles();
    }
}
