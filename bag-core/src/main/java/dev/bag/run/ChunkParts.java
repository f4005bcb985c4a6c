package dev.bag.run;

import dev.bag.kernel.Closing;
import dev.bag.kernel.Sink;
import dev.bag.run.end.StageEnd.PartsOfPartition;
import java.util.ArrayList;
import java.util.List;

/**
 * What the chunks of one partition leave at the ends of its task: a part for each end, in the same order in every chunk. All are
 * added before the first step.
 */
final class ChunkParts implements Closing.Closer {

    private final List<PartsOfPartition> parts = new ArrayList<>();
    private boolean inOrder;

    void add(PartsOfPartition part) {
        parts.add(part);
        inOrder |= part.isInOrder();
    }

    /** Returns whether any end takes chunks in their order. */
    boolean isInOrder() {
        return inOrder;
    }

    private static Sink sink(OpenTask chunk, int end) {
        return chunk.ends().get(end).sink();
    }

    void begin(OpenTask chunk) {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).begin(sink(chunk, i));
        }
    }

    boolean isFull(OpenTask chunk) {
        for (int i = 0; inOrder && i < parts.size(); i++) {
            if (parts.get(i).isFull(sink(chunk, i))) {
                return true;
            }
        }
        return false;
    }

    void take(int number, OpenTask chunk) throws Throwable {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).take(number, sink(chunk, i));
        }
    }

    void append(OpenTask chunk) throws Throwable {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).append(sink(chunk, i));
        }
    }

    void prepare(OpenTask chunk) throws Throwable {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).prepare(sink(chunk, i));
        }
    }

    void put(OpenTask chunk) throws Throwable {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).put(sink(chunk, i));
        }
    }

    void complete() throws Throwable {
        for (PartsOfPartition part : parts) {
            part.complete();
        }
    }

    /** Gives up what is open. */
    @Override
    public void close() throws Exception {
        Closing closing = new Closing();
        parts.forEach(part -> closing.add(part::close));
        closing.closeAll();
    }
}
