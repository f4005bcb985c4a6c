package dev.bag.spill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Classes by number, so that records on disk need not name theirs. Any thread may use it. */
final class ClassNumbers {

    private final Map<Class<?>, Integer> numbers = new HashMap<>();
    private final List<Class<?>> classes = new ArrayList<>();

    /** The number of {@code type}, from 0. */
    synchronized int of(Class<?> type) {
        Integer known = numbers.get(type);
        if (known != null) {
            return known;
        }
        numbers.put(type, classes.size());
        classes.add(type);
        return classes.size() - 1;
    }

    /** The class with that number. */
    synchronized Class<?> at(int number) {
        return classes.get(number);
    }
}
