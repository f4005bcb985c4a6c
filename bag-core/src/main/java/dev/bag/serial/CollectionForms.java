package dev.bag.serial;

import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentHashMap.KeySetView;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Collections of the JDK that come back as they were: those whose class is public, and small ones that are frequent and
 * easily made again. All others are in {@link CollectionCopies}.
 */
final class CollectionForms {

    private CollectionForms() {}

    static void add() {
        addLists();
        addSetsAndMaps();
        JdkForms.put(
                new SimpleEntry<@Nullable Object, @Nullable Object>(1, 1),
                CollectionForms::split,
                parts -> new SimpleEntry<>(parts[0], parts[1]));
        JdkForms.put(
                new SimpleImmutableEntry<@Nullable Object, @Nullable Object>(1, 1),
                CollectionForms::split,
                parts -> new SimpleImmutableEntry<>(parts[0], parts[1]));
    }

    private static void addLists() {
        JdkForms.put(Arrays.<@Nullable Object>asList(1), Collection::toArray, Arrays::asList);
        JdkForms.put(new CopyOnWriteArrayList<@Nullable Object>(), Collection::toArray, CopyOnWriteArrayList::new);
        JdkForms.put(Collections.emptyList(), Collection::toArray, elements -> Collections.emptyList());
        JdkForms.put(
                Collections.<@Nullable Object>singletonList(1),
                Collection::toArray,
                elements -> Collections.singletonList(elements[0]));
        JdkForms.put(
                Collections.<@Nullable Object>nCopies(1, 1),
                copies -> new @Nullable Object[] {copies.size(), copies.isEmpty() ? null : copies.get(0)},
                parts -> Collections.nCopies((Integer) Objects.requireNonNull(parts[0]), parts[1]));
    }

    private static void addSetsAndMaps() {
        JdkForms.put(Collections.emptySet(), Collection::toArray, elements -> Collections.emptySet());
        JdkForms.put(
                Collections.<@Nullable Object>singleton(1),
                Collection::toArray,
                elements -> Collections.singleton(elements[0]));
        JdkForms.put(Collections.emptyMap(), map -> new Object[0], parts -> Collections.emptyMap());
        JdkForms.put(
                Collections.<@Nullable Object, @Nullable Object>singletonMap(1, 1),
                map -> split(map.entrySet().iterator().next()),
                parts -> Collections.singletonMap(parts[0], parts[1]));
        JdkForms.put(
                ConcurrentHashMap.newKeySet(),
                view -> new @Nullable Object[] {view.getMap(), view.getMappedValue()},
                CollectionForms::keySetView);
    }

    @SuppressWarnings("unchecked") // that is what was written
    private static KeySetView<Object, Boolean> keySetView(@Nullable Object[] parts) {
        ConcurrentHashMap<Object, Boolean> map = (ConcurrentHashMap<Object, Boolean>) Objects.requireNonNull(parts[0]);
        @Nullable Boolean value = (Boolean) parts[1];
        return value == null ? map.keySet() : map.keySet(value);
    }

    private static @Nullable Object[] split(Map.Entry<?, ?> entry) {
        return new @Nullable Object[] {entry.getKey(), entry.getValue()};
    }
}
