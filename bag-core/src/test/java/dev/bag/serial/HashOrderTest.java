package dev.bag.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.spill.Spilled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a record was on disk cannot be seen by the order of its sets and maps, nor by that of their views. */
class HashOrderTest {

    @TempDir
    Path directory;

    @Test
    void setsAndMapsAreIteratedAsBefore() throws Exception {
        Random random = new Random(1);
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            List<Integer> keys = Stream.generate(() -> random.nextInt(1 << 18))
                    .distinct()
                    .limit(i % 30)
                    .toList();
            Map<Integer, String> map = new HashMap<>(1 << random.nextInt(8));
            keys.forEach(key -> map.put(key, "value of " + key));
            all.add(map);
            all.add(new HashSet<>(keys));
            all.add(new ConcurrentHashMap<>(map));
            all.add(new LinkedHashMap<>(map));
            all.add(Map.copyOf(map));
            all.add(Set.copyOf(keys));
            all.addAll(views(map));
            all.addAll(views(new ConcurrentHashMap<>(map)));
            all.addAll(views(new LinkedHashMap<>(map)));
        }
        List<Object> read = Spilled.and(directory, all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(read.get(i)).hasToString(all.get(i).toString());
        }
    }

    private static List<Object> views(Map<Integer, String> map) {
        return List.of(map.keySet(), map.values(), map.entrySet());
    }

    @Test
    void largeSetsAndMapsAreIteratedAsBefore() throws Exception {
        Map<Integer, Integer> map = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            map.put(i * 7919, i);
        }
        assertThat(new ArrayList<>((Collection<?>) Spilled.and(directory, map.values())))
                .isEqualTo(new ArrayList<>(map.values()));
        assertThat(Spilled.and(directory, map)).hasToString(map.toString());
    }

    @Test
    void viewsOfSortedMapsAreSorted() throws Exception {
        TreeMap<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.put("b", 1);
        map.put("A", 2);
        Set<?> keys = (Set<?>) Spilled.and(directory, map.keySet());
        assertThat(keys).hasToString("[A, b]");
        assertThat(keys.contains("B")).isTrue();
        assertThat(Spilled.and(directory, map.values())).hasToString("[2, 1]");
    }

    @Test
    void aViewThatTakesElementsStillDoesAndOneThatDoesNotStillDoesNot() throws Exception {
        @SuppressWarnings("unchecked")
        Set<Object> own = (Set<Object>) Spilled.and(directory, filled(ConcurrentHashMap.newKeySet()));
        assertThat(own.add("b")).isTrue();
        @SuppressWarnings("unchecked")
        Set<Object> keys =
                (Set<Object>) Spilled.and(directory, new ConcurrentHashMap<>(Map.of("a", List.of())).keySet());
        assertThatThrownBy(() -> keys.add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Set<Object> filled(Set<Object> set) {
        set.add("a");
        return set;
    }

    @Test
    void aLinkedMapGoesOnOrderingByAccessOrNot() throws Exception {
        for (boolean byAccess : List.of(true, false)) {
            for (Map<String, Integer> entries : List.of(Map.<String, Integer>of(), Map.of("a", 1))) {
                Map<String, Integer> map = new LinkedHashMap<>(16, 0.75f, byAccess);
                map.putAll(entries);
                @SuppressWarnings("unchecked")
                Map<String, Integer> read = (Map<String, Integer>) Spilled.and(directory, map);
                read.put("x", 1);
                read.put("y", 2);
                read.get("x");
                assertThat(new ArrayList<>(read.keySet()).indexOf("x")).isEqualTo(read.size() - (byAccess ? 1 : 2));
            }
        }
    }

    @Test
    void mapsOfPartitioningByComeBack() throws Exception {
        Map<Boolean, List<Integer>> map = Stream.of(1, 2, 3).collect(Collectors.partitioningBy(n -> n > 1));
        assertThat(Spilled.and(directory, map)).hasToString("{false=[1], true=[2, 3]}");
        assertThat(Spilled.and(directory, map)).isEqualTo(map);
        Map<Boolean, Long> counts =
                Stream.<Integer>of().collect(Collectors.partitioningBy(n -> n > 1, Collectors.counting()));
        assertThat(Spilled.and(directory, counts)).isEqualTo(counts);
    }
}
