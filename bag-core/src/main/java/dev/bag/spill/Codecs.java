package dev.bag.spill;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** The serializers of one run; shared by all its threads, each of which borrows one for as long as one record takes. */
final class Codecs {

    private final ClassNumbers classes = new ClassNumbers();
    private final OnDiskNumbers onDisk = new OnDiskNumbers();

    /** Those that nobody uses; the one that was used last first. */
    private final Deque<ObjectGraphs> idle = new ConcurrentLinkedDeque<>();

    /** None yet: they are made when the first record needs one. */
    public Codecs() {}

    RecordCodec records() {
        return new RecordCodec(this);
    }

    ObjectGraphs borrow() {
        @Nullable ObjectGraphs graphs = idle.poll();
        return graphs != null ? graphs : new ObjectGraphs(classes, onDisk);
    }

    /** Takes back what is as it was; one that failed in the middle of a record is not given back. */
    void giveBack(ObjectGraphs graphs) {
        idle.push(graphs);
    }
}
