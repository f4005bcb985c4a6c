package dev.bag.serial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentHashMap.KeySetView;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Views of maps, made again as those of a new map, which has what the view shows and nothing else. Not the entries of a
 * sorted map: they hide by what they are sorted.
 */
final class ViewForms {

    private ViewForms() {}

    /** A key whose place in a table is its number. */
    private record Place(int number) {
        @Override
        public int hashCode() {
            return number ^ number >>> 16;
        }
    }

    static void add() {
        viewsOf(HashMap::new);
        viewsOf(size -> new LinkedHashMap<>());
        viewsOf(HashOrder::<@Nullable Object, @Nullable Object>concurrentMap);
        addSorted();
        JdkForms.put(
                ConcurrentHashMap.newKeySet(),
                view -> new @Nullable Object[] {view.getMap(), view.getMappedValue()},
                ViewForms::keySetView);
    }

    private static void viewsOf(IntFunction<Map<@Nullable Object, @Nullable Object>> ofTableSize) {
        JdkForms.put(ofTableSize.apply(1).keySet(), Collection::toArray, keys -> {
            Map<@Nullable Object, @Nullable Object> map = ofTableSize.apply(tableSize(Arrays.asList(keys)));
            for (@Nullable Object key : keys) {
                map.put(key, true);
            }
            return map.keySet();
        });
        JdkForms.put(ofTableSize.apply(1).values(), Collection::toArray, values -> {
            Map<@Nullable Object, @Nullable Object> map = ofTableSize.apply(1);
            for (int i = 0; i < values.length; i++) {
                map.put(new Place(i), values[i]);
            }
            return map.values();
        });
        JdkForms.put(ofTableSize.apply(1).entrySet(), ViewForms::split, parts -> {
            Map<@Nullable Object, @Nullable Object> inOrder = Elements.map(parts);
            Map<@Nullable Object, @Nullable Object> map = ofTableSize.apply(tableSize(inOrder.keySet()));
            inOrder.forEach(map::put);
            return map.entrySet();
        });
    }

    private static int tableSize(Collection<?> keys) {
        return HashOrder.tableSize(keys, keys.size());
    }

    private static @Nullable Object[] split(Set<Map.Entry<@Nullable Object, @Nullable Object>> entries) {
        List<@Nullable Object> parts = new ArrayList<>(2 * entries.size());
        for (Map.Entry<@Nullable Object, @Nullable Object> entry : entries) {
            parts.add(entry.getKey());
            parts.add(entry.getValue());
        }
        return parts.toArray();
    }

    private static void addSorted() {
        JdkForms.put(new TreeMap<@Nullable Object, @Nullable Object>().navigableKeySet(), Elements::ofSorted, parts -> {
            TreeMap<@Nullable Object, @Nullable Object> map = new TreeMap<>(Elements.order(parts));
            Arrays.asList(parts).subList(1, parts.length).forEach(key -> map.put(key, true));
            return map.navigableKeySet();
        });
        JdkForms.put(new TreeMap<@Nullable Object, @Nullable Object>().values(), Collection::toArray, values -> {
            TreeMap<@Nullable Object, @Nullable Object> map = new TreeMap<>();
            for (int i = 0; i < values.length; i++) {
                map.put(i, values[i]);
            }
            return map.values();
        });
    }

    @SuppressWarnings("unchecked") // that is what was written
    private static KeySetView<Object, Boolean> keySetView(@Nullable Object[] parts) {
        ConcurrentHashMap<Object, Boolean> map = (ConcurrentHashMap<Object, Boolean>) Objects.requireNonNull(parts[0]);
        @Nullable Boolean value = (Boolean) parts[1];
        return value == null ? map.keySet() : map.keySet(value);
    }
}
