package dev.bag.serial;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Classes by number, so that no record has to carry the names of its classes, and reading finds the same class whatever
 * loaded it. Thread-safe.
 */
final class ClassNumbers {

    private final Map<Class<?>, Integer> numbers = new HashMap<>();
    private final List<Class<?>> classes = new ArrayList<>();

    synchronized int numberOf(Class<?> type) {
        return numbers.computeIfAbsent(type, added -> {
            classes.add(added);
            return classes.size() - 1;
        });
    }

    synchronized Class<?> classOf(int number) {
        return classes.get(number);
    }
}
