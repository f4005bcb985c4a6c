package dev.bag.kernel;

import java.util.Arrays;
import java.util.Comparator;

/** Sorts the records of one part of the bag: a run of a merge sort. */
public final class RunSink implements Sink {

    private final Place place;
    private final Comparator<Object> comparator;
    private final Rope rope = new Rope();

    /** A run in the order of {@code comparator}. */
    public RunSink(Place place, Comparator<Object> comparator) {
        this.place = place;
        this.comparator = comparator;
    }

    @Override
    public void accept(Object record) {
        rope.add(record);
    }

    /** The records in order, equal ones in the order in which they came. */
    public Object[] sorted() throws Throwable {
        Object[] records = rope.toArray();
        try {
            Arrays.sort(records, comparator);
        } catch (Throwable e) {
            throw place.failure(null, e);
        }
        return records;
    }
}
