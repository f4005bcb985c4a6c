package dev.bag.shuffle.reduce;

import dev.bag.kernel.Closing;
import dev.bag.shuffle.hold.EntryCursor;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were divided among several, in the order in which they were first seen. What the values of a key were reduced
 * to is loaded when its turn comes: each may be as large as the memory.
 */
final class RankMerge extends EntryCursor {

    private final List<EntryCursor> parts;
    private final PriorityQueue<EntryCursor> waiting =
            new PriorityQueue<>(Comparator.comparingLong((EntryCursor part) -> part.tag()));
    private @Nullable EntryCursor given;

    private RankMerge(List<EntryCursor> parts) {
        this.parts = parts;
    }

    static RankMerge of(List<EntryCursor> parts) throws IOException {
        RankMerge merge = new RankMerge(parts);
        for (EntryCursor part : parts) {
            merge.advance(part);
        }
        return merge;
    }

    private void advance(EntryCursor part) throws IOException {
        if (part.next()) {
            waiting.add(part);
        } else {
            part.forget();
        }
    }

    @Override
    public boolean next() throws IOException {
        if (given != null) {
            forget();
            given.forget();
            advance(given);
        }
        EntryCursor first = waiting.poll();
        given = first;
        if (first == null) {
            return false;
        }
        first.load();
        setTo(first);
        return true;
    }

    @Override
    public void close() throws IOException {
        Closing closing = new Closing();
        parts.forEach(part -> closing.add(part::close));
        closing.closeFiles();
    }
}
