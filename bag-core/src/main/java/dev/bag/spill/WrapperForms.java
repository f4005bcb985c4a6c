package dev.bag.spill;

import static java.util.Collections.synchronizedCollection;
import static java.util.Collections.synchronizedList;
import static java.util.Collections.synchronizedMap;
import static java.util.Collections.synchronizedNavigableMap;
import static java.util.Collections.synchronizedNavigableSet;
import static java.util.Collections.synchronizedSet;
import static java.util.Collections.synchronizedSortedMap;
import static java.util.Collections.synchronizedSortedSet;
import static java.util.Collections.unmodifiableCollection;
import static java.util.Collections.unmodifiableList;
import static java.util.Collections.unmodifiableMap;
import static java.util.Collections.unmodifiableNavigableMap;
import static java.util.Collections.unmodifiableNavigableSet;
import static java.util.Collections.unmodifiableSet;
import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The wrappers of {@link java.util.Collections}. What they wrap cannot be seen, and is made again from its elements. */
final class WrapperForms {

    /** The elements of nothing, behind the order that sorted collections begin with. */
    private static final @Nullable Object[] NOTHING = {null};

    private static final Object[] NO_ELEMENTS = {};

    private WrapperForms() {}

    static void add() {
        collections(elements -> unmodifiableCollection(Elements.list(elements)));
        collections(elements -> synchronizedCollection(Elements.list(elements)));
        lists(elements -> unmodifiableList(Elements.list(elements)));
        lists(elements -> unmodifiableList(Elements.linkedList(elements)));
        lists(elements -> synchronizedList(Elements.list(elements)));
        lists(elements -> synchronizedList(Elements.linkedList(elements)));
        sets(elements -> unmodifiableSet(Elements.set(elements)));
        sets(elements -> synchronizedSet(Elements.set(elements)));
        maps(elements -> unmodifiableMap(Elements.map(elements)));
        maps(elements -> synchronizedMap(Elements.map(elements)));
        sortedSets(elements -> unmodifiableSortedSet(Elements.sortedSet(elements)));
        sortedSets(elements -> synchronizedSortedSet(Elements.sortedSet(elements)));
        navigableSets(elements -> unmodifiableNavigableSet(Elements.sortedSet(elements)));
        navigableSets(elements -> synchronizedNavigableSet(Elements.sortedSet(elements)));
        sortedMaps(elements -> unmodifiableSortedMap(Elements.sortedMap(elements)));
        sortedMaps(elements -> synchronizedSortedMap(Elements.sortedMap(elements)));
        navigableMaps(elements -> unmodifiableNavigableMap(Elements.sortedMap(elements)));
        navigableMaps(elements -> synchronizedNavigableMap(Elements.sortedMap(elements)));
    }

    private static void collections(Function<@Nullable Object[], Collection<@Nullable Object>> join) {
        JdkForms.put(join.apply(NO_ELEMENTS), Collection::toArray, join);
    }

    private static void lists(Function<@Nullable Object[], List<@Nullable Object>> join) {
        JdkForms.put(join.apply(NO_ELEMENTS), Collection::toArray, join);
    }

    private static void sets(Function<@Nullable Object[], Set<@Nullable Object>> join) {
        JdkForms.put(join.apply(NO_ELEMENTS), Collection::toArray, join);
    }

    private static void maps(Function<@Nullable Object[], Map<@Nullable Object, @Nullable Object>> join) {
        JdkForms.put(join.apply(NO_ELEMENTS), Elements::of, join);
    }

    private static void sortedSets(Function<@Nullable Object[], SortedSet<@Nullable Object>> join) {
        JdkForms.put(join.apply(NOTHING), Elements::ofSorted, join);
    }

    private static void navigableSets(Function<@Nullable Object[], NavigableSet<@Nullable Object>> join) {
        JdkForms.put(join.apply(NOTHING), Elements::ofSorted, join);
    }

    private static void sortedMaps(Function<@Nullable Object[], SortedMap<@Nullable Object, @Nullable Object>> join) {
        JdkForms.put(join.apply(NOTHING), Elements::ofSorted, join);
    }

    private static void navigableMaps(
            Function<@Nullable Object[], NavigableMap<@Nullable Object, @Nullable Object>> join) {
        JdkForms.put(join.apply(NOTHING), Elements::ofSorted, join);
    }
}
