package dev.bag.serial;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The serializers of one run. A thread borrows one for as long as one record takes, because they are too large for each open
 * file to have its own.
 *
 * <p>A serializer is given back to a place that few threads share, from which the same thread takes it again with one
 * exchange. If that place is empty, or full, the common store is used.
 */
public final class Codecs {

    private static final int PLACES = 16;
    /** References between two places, so that they are not in one line of a cache. */
    private static final int APART = 16;

    private final ClassNumbers classes;
    /** Null where what is on disk cannot be reached by the reader. */
    private final @Nullable OnDiskNumbers onDisk;

    private final AtomicReferenceArray<@Nullable ObjectGraphs> near = new AtomicReferenceArray<>(PLACES * APART);
    private final Deque<ObjectGraphs> store = new ConcurrentLinkedDeque<>();

    /** None yet: they are made when the first record needs one. */
    public Codecs() {
        this(new ClassNumbers(), new OnDiskNumbers());
    }

    private Codecs(ClassNumbers classes, @Nullable OnDiskNumbers onDisk) {
        this.classes = classes;
        this.onDisk = onDisk;
    }

    /** Serializers for one direction between two processes, of which each has its own numbers. */
    static Codecs sending(ClassNumbers classes) {
        return new Codecs(classes, null);
    }

    /** Codecs that read what others have written, perhaps in another process, whose {@link #classNames} are given. */
    public Codecs(List<String> classNames, ClassLoader loader) throws ClassNotFoundException {
        this(ClassNumbers.of(classNames, loader), new OnDiskNumbers());
    }

    /** Returns the names of all classes whose numbers have been written so far, by their numbers. */
    public List<String> classNames() {
        return classes.names();
    }

    /** Returns a codec that borrows its serializers here. */
    public RecordCodec records() {
        return new RecordCodec(this);
    }

    ObjectGraphs borrow() {
        @Nullable ObjectGraphs graphs = near.getAndSet(place(), null);
        if (graphs == null) {
            graphs = store.poll();
        }
        return graphs != null ? graphs : new ObjectGraphs(classes, onDisk);
    }

    /** Takes back what is as it was; one that failed in the middle of a record is not given back. */
    void giveBack(ObjectGraphs graphs) {
        @Nullable ObjectGraphs before = near.getAndSet(place(), graphs);
        if (before != null) {
            store.push(before);
        }
    }

    private static int place() {
        return (int) (Thread.currentThread().getId() % PLACES) * APART;
    }
}
