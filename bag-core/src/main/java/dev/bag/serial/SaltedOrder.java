package dev.bag.serial;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * In which order the elements of {@code Set.of} and {@code Map.of} have to be added to lie as they did. Only equal places
 * make a difference: who comes first has it, and whoever comes next goes to the next one, round the end of the table. They
 * are iterated forwards or backwards and from anywhere, as each process chooses at random.
 */
final class SaltedOrder {

    /** Neighbours in a table that is half empty are few. */
    private static final int MOST_NEIGHBOURS = 16;

    private SaltedOrder() {}

    /** Makes a collection that iterates over {@code elements} in their order, if that is found. */
    static <T, C> C restore(List<T> elements, Function<List<T>, C> make, Function<C, Collection<?>> iterated) {
        C first = make.apply(elements);
        if (isSame(elements, iterated.apply(first))) {
            return first;
        }
        List<T> forwards = new ArrayList<>(elements);
        List<T> backwards = new ArrayList<>(elements);
        Collections.reverse(backwards);
        for (int i = 0; i < Math.min(MOST_NEIGHBOURS, elements.size()); i++) {
            for (List<T> each : List.of(backwards, forwards)) {
                C made = make.apply(each);
                if (isSame(elements, iterated.apply(made))) {
                    return made;
                }
                Collections.rotate(each, -1);
            }
        }
        return first;
    }

    private static boolean isSame(Collection<?> order, Collection<?> other) {
        Iterator<?> others = other.iterator();
        for (Object each : order) {
            if (each != others.next()) {
                return false;
            }
        }
        return true;
    }
}
