package dev.bag.serial;

import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Entries, those too that a map hands out: an entry of a map is made again as the only one of a new map. */
final class EntryForms {

    private EntryForms() {}

    static void add() {
        JdkForms.put(
                new SimpleEntry<@Nullable Object, @Nullable Object>(1, 1),
                EntryForms::split,
                parts -> new SimpleEntry<>(parts[0], parts[1]));
        JdkForms.put(
                new SimpleImmutableEntry<@Nullable Object, @Nullable Object>(1, 1),
                EntryForms::split,
                parts -> new SimpleImmutableEntry<>(parts[0], parts[1]));
        JdkForms.put(Map.<Object, Object>entry(1, 1), EntryForms::split, EntryForms::immutable);
        entriesOf(HashMap::new);
        entriesOf(LinkedHashMap::new);
        entriesOf(() -> new TreeMap<>(Comparator.comparingInt(Objects::hashCode)));
        entriesOf(ConcurrentHashMap::new);
        JdkForms.put(unmodifiable(new Object[] {1, 1}), EntryForms::split, EntryForms::unmodifiable);
    }

    private static void entriesOf(Supplier<Map<@Nullable Object, @Nullable Object>> newMap) {
        JdkForms.put(
                onlyEntry(newMap.get(), new Object[] {1, 1}),
                EntryForms::split,
                parts -> onlyEntry(newMap.get(), parts));
    }

    private static Map.Entry<@Nullable Object, @Nullable Object> onlyEntry(
            Map<@Nullable Object, @Nullable Object> map, @Nullable Object[] parts) {
        map.put(parts[0], parts[1]);
        return map.entrySet().iterator().next();
    }

    private static Map.Entry<@Nullable Object, @Nullable Object> unmodifiable(@Nullable Object[] parts) {
        return Collections.<@Nullable Object, @Nullable Object>unmodifiableMap(Elements.map(parts))
                .entrySet()
                .iterator()
                .next();
    }

    private static Map.Entry<Object, Object> immutable(@Nullable Object[] parts) {
        List<Object> both = List.of(parts);
        return Map.entry(both.get(0), both.get(1));
    }

    private static @Nullable Object[] split(Map.Entry<?, ?> entry) {
        return new @Nullable Object[] {entry.getKey(), entry.getValue()};
    }
}
