package dev.bag;

import java.util.Comparator;

/** The order of records that are comparable, which is found out when they are compared. */
final class NaturalOrder {

    private NaturalOrder() {}

    @SuppressWarnings("unchecked") // a record that is not comparable fails the run with a ClassCastException
    static <T> Comparator<T> get() {
        return (Comparator<T>) Comparator.<Comparable<Object>>naturalOrder();
    }
}
