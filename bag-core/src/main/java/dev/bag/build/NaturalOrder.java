package dev.bag.build;

import dev.bag.trait.Traits.KeyOrder;
import java.io.Serializable;
import java.util.Comparator;

/** The order of records that are comparable, which is found out when they are compared. */
public final class NaturalOrder implements Comparator<Object>, KeyOrder, Serializable {

    private static final long serialVersionUID = 1;
    private static final NaturalOrder OF_RECORDS = new NaturalOrder();

    private NaturalOrder() {}

    /** Returns the order of records that are comparable. */
    @SuppressWarnings("unchecked") // a record that is not comparable fails the run with a ClassCastException
    public static <T> Comparator<T> get() {
        return (Comparator<T>) OF_RECORDS;
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public int compare(Object left, Object right) {
        if (left instanceof Comparable<?> comparable) {
            return ((Comparable<Object>) comparable).compareTo(right);
        }
        throw new ClassCastException("class " + left.getClass().getName()
                + " is not Comparable, so it has no natural order: give a Comparator, or let it implement Comparable");
    }

    @Override
    public Object keyOf(Object record) {
        return record;
    }

    @Override
    public int compareKeys(Object left, Object right) {
        return compare(left, right);
    }
}
