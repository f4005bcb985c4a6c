package dev.bag.serial;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The wrappers of {@link java.util.Collections}. A list that cannot be modified is the same whatever list it wraps; of the
 * others it matters which order or which elements those have that they wrap.
 */
final class WrapperForms {

    private WrapperForms() {}

    static void add() {
        unmodifiableLists(new ArrayList<>(), Elements::list);
        unmodifiableLists(new LinkedList<>(), Elements::linkedList);
        addUnmodifiable();
        addSynchronized();
        JdkForms.put(
                Collections.newSetFromMap(new IdentityHashMap<@Nullable Object, Boolean>()),
                new WrapperForm<>(WrapperForms::setFromMap));
    }

    /** Such a set has to be empty at first. */
    private static Set<@Nullable Object> setFromMap(Map<@Nullable Object, Boolean> map) {
        List<@Nullable Object> elements = new ArrayList<>(map.keySet());
        map.clear();
        Set<@Nullable Object> set = Collections.newSetFromMap(map);
        set.addAll(elements);
        return set;
    }

    private static void unmodifiableLists(
            List<@Nullable Object> example, Function<@Nullable Object[], List<@Nullable Object>> join) {
        JdkForms.put(
                Collections.unmodifiableList(example),
                Collection::toArray,
                elements -> Collections.unmodifiableList(join.apply(elements)));
    }

    private static void addUnmodifiable() {
        WrapperForms.<Collection<Object>>put(new ArrayList<>(), Collections::unmodifiableCollection);
        WrapperForms.<Set<Object>>put(new HashSet<>(), Collections::unmodifiableSet);
        WrapperForms.<SortedSet<Object>>put(new TreeSet<>(), Collections::unmodifiableSortedSet);
        WrapperForms.<NavigableSet<Object>>put(new TreeSet<>(), Collections::unmodifiableNavigableSet);
        WrapperForms.<Map<Object, Object>>put(new HashMap<>(), Collections::unmodifiableMap);
        WrapperForms.<SortedMap<Object, Object>>put(new TreeMap<>(), Collections::unmodifiableSortedMap);
        WrapperForms.<NavigableMap<Object, Object>>put(new TreeMap<>(), Collections::unmodifiableNavigableMap);
    }

    private static void addSynchronized() {
        WrapperForms.<Collection<Object>>put(new ArrayList<>(), Collections::synchronizedCollection);
        WrapperForms.<List<Object>>put(new ArrayList<>(), Collections::synchronizedList);
        WrapperForms.<List<Object>>put(new LinkedList<>(), Collections::synchronizedList);
        WrapperForms.<Set<Object>>put(new HashSet<>(), Collections::synchronizedSet);
        WrapperForms.<SortedSet<Object>>put(new TreeSet<>(), Collections::synchronizedSortedSet);
        WrapperForms.<NavigableSet<Object>>put(new TreeSet<>(), Collections::synchronizedNavigableSet);
        WrapperForms.<Map<Object, Object>>put(new HashMap<>(), Collections::synchronizedMap);
        WrapperForms.<SortedMap<Object, Object>>put(new TreeMap<>(), Collections::synchronizedSortedMap);
        WrapperForms.<NavigableMap<Object, Object>>put(new TreeMap<>(), Collections::synchronizedNavigableMap);
    }

    private static <T> void put(T example, Function<T, T> wrap) {
        JdkForms.put(wrap.apply(example), new WrapperForm<>(wrap));
    }
}
