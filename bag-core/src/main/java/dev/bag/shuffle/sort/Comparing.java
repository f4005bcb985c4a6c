package dev.bag.shuffle.sort;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Sorting by a comparator that may contradict itself. */
final class Comparing {

    /** What the merge sort of the JDK says, where it notices. */
    private static final String NOTICED = "Comparison method violates its general contract!";

    private Comparing() {}

    /** Sorts a part of {@code array} stably. */
    static <T extends @Nullable Object> void sort(T[] array, int from, int to, Comparator<? super T> order) {
        try {
            Arrays.sort(array, from, to, order);
        } catch (IllegalArgumentException e) {
            throw NOTICED.equals(e.getMessage()) ? contradiction() : e;
        }
    }

    static IllegalArgumentException contradiction() {
        return new IllegalArgumentException("the comparator contradicts itself, so that there is no order:"
                + " compare(a, b) and compare(b, a) must have opposite signs, and if a comes before b and b before c,"
                + " a must come before c");
    }
}
