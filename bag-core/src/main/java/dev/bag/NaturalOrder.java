package dev.bag;

import dev.bag.kernel.KeyOrder;
import dev.bag.value.Pair;
import java.io.Serializable;
import java.util.Comparator;

/** The order of records that are comparable, which is found out when they are compared. */
final class NaturalOrder implements Comparator<Object>, KeyOrder, Serializable {

    private static final long serialVersionUID = 1;
    private static final NaturalOrder OF_RECORDS = new NaturalOrder();
    private static final OfKeys OF_KEYS = new OfKeys();

    private NaturalOrder() {}

    @SuppressWarnings("unchecked") // a record that is not comparable fails the run with a ClassCastException
    static <T> Comparator<T> get() {
        return (Comparator<T>) OF_RECORDS;
    }

    /** The natural order of the keys of entries. */
    @SuppressWarnings("unchecked") // as above
    static <K, V> Comparator<Pair<K, V>> ofKeys() {
        return (Comparator<Pair<K, V>>) (Comparator<?>) OF_KEYS;
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

    private static final class OfKeys implements Comparator<Object>, KeyOrder, Serializable {

        private static final long serialVersionUID = 1;

        @Override
        public int compare(Object left, Object right) {
            return OF_RECORDS.compare(keyOf(left), keyOf(right));
        }

        @Override
        public Object keyOf(Object entry) {
            return ((Pair<?, ?>) entry).first();
        }

        @Override
        public int compareKeys(Object left, Object right) {
            return OF_RECORDS.compare(left, right);
        }
    }
}
