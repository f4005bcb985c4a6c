package dev.bag.serial;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Lists, sets and maps without a way to change them, and views of lists. Kryo has forms for some, but what it answers for
 * the second mention of such a collection in one graph is of another class.
 */
final class ImmutableForms {

    private ImmutableForms() {}

    static void add() {
        addLists();
        addSetsAndMaps();
        addViews();
    }

    private static void addLists() {
        JdkForms.put(list(1), Collection::toArray, ImmutableForms::list);
        JdkForms.put(list(1, 2, 3), new ImmutableListForm());
        JdkForms.put(
                list(1, 2, 3).subList(0, 2),
                Collection::toArray,
                elements -> ImmutableListForm.withNulls(elements).subList(0, elements.length));
        JdkForms.put(Collections.emptyList(), Collection::toArray, elements -> Collections.emptyList());
        JdkForms.put(
                Collections.<@Nullable Object>singletonList(1),
                Collection::toArray,
                elements -> Collections.singletonList(elements[0]));
        JdkForms.put(
                Collections.<@Nullable Object>nCopies(1, 1),
                ImmutableForms::splitCopies,
                elements -> Collections.nCopies((Integer) elements[0], elements[1]));
    }

    private static void addSetsAndMaps() {
        for (Set<Object> each : List.of(Set.<Object>of(), Set.<Object>of(1), Set.<Object>of(1, 2, 3))) {
            JdkForms.put(each, Collection::toArray, ImmutableForms::set);
        }
        for (Map<Object, Object> each :
                List.of(Map.of(), Map.<Object, Object>of(1, 1), Map.<Object, Object>of(1, 1, 2, 2))) {
            JdkForms.put(each, Elements::of, ImmutableForms::map);
        }
        JdkForms.put(Collections.emptySet(), Collection::toArray, elements -> Collections.emptySet());
        JdkForms.put(Collections.emptyMap(), Elements::of, elements -> Collections.emptyMap());
        JdkForms.put(
                Collections.<@Nullable Object>singleton(1),
                Collection::toArray,
                elements -> Collections.singleton(elements[0]));
        JdkForms.put(
                Collections.<@Nullable Object, @Nullable Object>singletonMap(1, 1),
                Elements::of,
                elements -> Collections.singletonMap(elements[0], elements[1]));
    }

    private static void addViews() {
        JdkForms.put(Arrays.<@Nullable Object>asList(1), Collection::toArray, Arrays::asList);
        JdkForms.put(
                Elements.list(new Object[0]).subList(0, 0),
                Collection::toArray,
                elements -> Elements.list(elements).subList(0, elements.length));
        JdkForms.put(
                Arrays.<@Nullable Object>asList(1).subList(0, 0),
                Collection::toArray,
                elements -> Arrays.asList(elements).subList(0, elements.length));
        JdkForms.put(
                new LinkedList<@Nullable Object>().subList(0, 0),
                Collection::toArray,
                elements -> Elements.linkedList(elements).subList(0, elements.length));
        if (ReversedLists.areThere()) {
            JdkForms.put(
                    ReversedLists.reversed(Elements.list(new Object[0])),
                    Collection::toArray,
                    ReversedLists::reversedOf);
        }
        JdkForms.put(new CopyOnWriteArrayList<@Nullable Object>(), Collection::toArray, CopyOnWriteArrayList::new);
    }

    private static List<@Nullable Object> list(@Nullable Object... elements) {
        return List.of(elements);
    }

    private static Set<Object> set(@Nullable Object[] elements) {
        return SaltedOrder.restore(List.<Object>of(elements), order -> Set.of(order.toArray()), set -> set);
    }

    private static Map<Object, Object> map(@Nullable Object[] elements) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < elements.length; i += 2) {
            map.put(Objects.requireNonNull(elements[i]), Objects.requireNonNull(elements[i + 1]));
        }
        return SaltedOrder.restore(List.copyOf(map.keySet()), keys -> copy(map, keys), Map::keySet);
    }

    @SuppressWarnings("unchecked") // an array is made of them
    private static Map<Object, Object> copy(Map<Object, Object> map, List<Object> keys) {
        return Map.ofEntries(
                keys.stream().map(key -> Map.entry(key, map.get(key))).toArray(Map.Entry[]::new));
    }

    private static @Nullable Object[] splitCopies(List<@Nullable Object> copies) {
        return new @Nullable Object[] {copies.size(), copies.isEmpty() ? null : copies.get(0)};
    }
}
