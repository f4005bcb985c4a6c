package dev.bag.fold;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The first {@code size} records of all in some order, equal ones in the order they came.
 *
 * <p>Records are appended until there are twice as many as wanted; then a stable sort decides which half stays. Its last
 * record is from then on the bar: what is not before it can be thrown away at once. Appending keeps equal records in
 * input order, so none needs a number to tell which came first, and each record costs O(log size) comparisons at most,
 * on average.
 *
 * <p>Size and order are handed in rather than held, so that this holds data only and can be written to disk whatever the
 * comparator is; they must be the same each time.
 */
final class TopList<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<T> records = new ArrayList<>();

    /** Whether the first {@code size} records are sorted, so that the last of them is the bar. */
    private boolean hasBar;

    void add(T record, int size, Comparator<? super T> order) {
        if (mayBelong(record, size, order)) {
            records.add(record);
            cutIfLong(size, order);
        }
    }

    /** Adds what came after all that is here. */
    void addAll(TopList<T> later, int size, Comparator<? super T> order) {
        records.addAll(later.records);
        cutIfLong(size, order);
    }

    List<T> toList(int size, Comparator<? super T> order) {
        cut(size, order);
        return Collections.unmodifiableList(records);
    }

    private boolean mayBelong(T record, int size, Comparator<? super T> order) {
        return size > 0 && (!hasBar || order.compare(record, records.get(size - 1)) < 0);
    }

    private void cutIfLong(int size, Comparator<? super T> order) {
        if (records.size() >= 2L * size) {
            cut(size, order);
        }
    }

    private void cut(int size, Comparator<? super T> order) {
        records.sort(order);
        if (records.size() >= size) {
            records.subList(size, records.size()).clear();
            hasBar = true;
        }
    }
}
