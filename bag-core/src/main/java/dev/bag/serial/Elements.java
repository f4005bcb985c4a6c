package dev.bag.serial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collections as arrays and back, in their order: a map as keys and values in turn, a sorted one behind its order. */
final class Elements {

    private Elements() {}

    static List<@Nullable Object> list(@Nullable Object[] elements) {
        return new ArrayList<@Nullable Object>(Arrays.asList(elements));
    }

    static List<@Nullable Object> linkedList(@Nullable Object[] elements) {
        return new LinkedList<@Nullable Object>(Arrays.asList(elements));
    }

    static Set<@Nullable Object> set(@Nullable Object[] elements) {
        Set<@Nullable Object> set = new LinkedHashSet<@Nullable Object>(Arrays.asList(elements));
        checkAllThere(set.size(), elements.length);
        return set;
    }

    /** What is wrapped may tell elements apart that are equal, which cannot be seen from outside. */
    private static void checkAllThere(int size, int written) {
        if (size < written) {
            throw new IllegalStateException("a wrapped set or map has equal elements, as those by identity may;"
                    + " such are not written. Use a List, or a set or map by equals, instead");
        }
    }

    static Map<@Nullable Object, @Nullable Object> map(@Nullable Object[] elements) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        putAll(map, elements, 0);
        checkAllThere(map.size(), elements.length / 2);
        return map;
    }

    static @Nullable Object[] of(Map<?, ?> map) {
        List<@Nullable Object> elements = new ArrayList<>(2 * map.size());
        addAll(elements, map);
        return elements.toArray();
    }

    static @Nullable Object[] ofSorted(SortedSet<?> set) {
        List<@Nullable Object> elements = new ArrayList<>(set.size() + 1);
        elements.add(set.comparator());
        elements.addAll(set);
        return elements.toArray();
    }

    static @Nullable Object[] ofSorted(SortedMap<?, ?> map) {
        List<@Nullable Object> elements = new ArrayList<>(2 * map.size() + 1);
        elements.add(map.comparator());
        addAll(elements, map);
        return elements.toArray();
    }

    static TreeSet<@Nullable Object> sortedSet(@Nullable Object[] elements) {
        TreeSet<@Nullable Object> set = new TreeSet<>(order(elements));
        set.addAll(Arrays.asList(elements).subList(1, elements.length));
        return set;
    }

    static TreeMap<@Nullable Object, @Nullable Object> sortedMap(@Nullable Object[] elements) {
        TreeMap<@Nullable Object, @Nullable Object> map = new TreeMap<>(order(elements));
        putAll(map, elements, 1);
        return map;
    }

    @SuppressWarnings("unchecked") // the collection that was taken apart had it for its elements
    static @Nullable Comparator<@Nullable Object> order(@Nullable Object[] elements) {
        return (Comparator<@Nullable Object>) elements[0];
    }

    private static void addAll(List<@Nullable Object> elements, Map<?, ?> map) {
        map.forEach((key, value) -> {
            elements.add(key);
            elements.add(value);
        });
    }

    private static void putAll(Map<@Nullable Object, @Nullable Object> map, @Nullable Object[] elements, int from) {
        for (int i = from; i < elements.length; i += 2) {
            map.put(elements[i], elements[i + 1]);
        }
    }
}
