package dev.bag.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.spill.SpillException;
import dev.bag.spill.Spilled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code Collections} wraps comes back as what it was, below the wrapper too. */
class WrappersTest {

    @TempDir
    Path directory;

    private record Nothing() {}

    /** Neither Serializable nor as strings order themselves. */
    private static final class LastFirst implements Comparator<String> {
        @Override
        public int compare(String one, String other) {
            return other.compareToIgnoreCase(one);
        }
    }

    private static <M extends Map<String, Object>> M filled(M map) {
        map.put("b", new Nothing());
        map.put("a", 1);
        map.put("c", List.of());
        return map;
    }

    private static <S extends Set<String>> S filled(S set) {
        set.addAll(List.of("b", "a", "c"));
        return set;
    }

    static Stream<Map<String, Object>> sortedMaps() {
        return Stream.of(filled(new TreeMap<>(new LastFirst())), filled(new ConcurrentSkipListMap<>(new LastFirst())))
                .flatMap(map -> Stream.of(
                        Collections.unmodifiableMap(map),
                        Collections.unmodifiableSortedMap(map),
                        Collections.unmodifiableNavigableMap(map),
                        Collections.synchronizedMap(map),
                        Collections.synchronizedSortedMap(map),
                        Collections.synchronizedNavigableMap(map),
                        Collections.checkedMap(map, String.class, Object.class),
                        Collections.checkedSortedMap(map, String.class, Object.class),
                        Collections.checkedNavigableMap(map, String.class, Object.class)));
    }

    @ParameterizedTest
    @MethodSource("sortedMaps")
    void aMapKeepsTheOrderByWhichItIsSortedAndSearched(Map<String, Object> map) throws Exception {
        Map<?, ?> read = (Map<?, ?>) Spilled.and(directory, map);
        assertThat(read).hasSameClassAs(map).hasToString(map.toString());
        assertThat(read.get("B")).isEqualTo(new Nothing());
        if (read instanceof SortedMap<?, ?> sorted) {
            assertThat(sorted.comparator()).isInstanceOf(LastFirst.class);
        }
    }

    static Stream<Collection<String>> sortedSets() {
        NavigableSet<String> set = filled(new TreeSet<>(new LastFirst()));
        return Stream.of(
                Collections.unmodifiableCollection(set),
                Collections.unmodifiableSet(set),
                Collections.unmodifiableSortedSet(set),
                Collections.unmodifiableNavigableSet(set),
                Collections.synchronizedCollection(set),
                Collections.synchronizedSet(set),
                Collections.synchronizedSortedSet(set),
                Collections.synchronizedNavigableSet(set),
                Collections.checkedCollection(set, String.class),
                Collections.checkedSet(set, String.class),
                Collections.checkedSortedSet(set, String.class),
                Collections.checkedNavigableSet(set, String.class));
    }

    @ParameterizedTest
    @MethodSource("sortedSets")
    void aSetKeepsTheOrderByWhichItIsSortedAndSearched(Collection<String> set) throws Exception {
        Collection<?> read = (Collection<?>) Spilled.and(directory, set);
        assertThat(read).hasSameClassAs(set).hasToString(set.toString());
        assertThat(read.contains("B")).isTrue();
        if (read instanceof SortedSet<?> sorted) {
            assertThat(sorted.comparator()).isInstanceOf(LastFirst.class);
        }
    }

    @Test
    void whatIsAddedLaterGoesWhereItBelongs() throws Exception {
        Map<String, Object> map = Collections.synchronizedMap(filled(new TreeMap<>(new LastFirst())));
        @SuppressWarnings("unchecked")
        Map<String, Object> read = (Map<String, Object>) Spilled.and(directory, map);
        read.put("bb", 2);
        assertThat(read.keySet()).containsExactly("c", "bb", "b", "a");
    }

    @Test
    void orderByInsertionStays() throws Exception {
        Map<String, Object> map = filled(new LinkedHashMap<>());
        for (Map<String, Object> each : List.of(
                Collections.unmodifiableMap(map),
                Collections.synchronizedMap(map),
                Collections.checkedMap(map, String.class, Object.class))) {
            assertThat(Spilled.and(directory, each)).hasSameClassAs(each).hasToString(map.toString());
        }
    }

    @Test
    void whatTellsElementsApartByIdentityStillDoes() throws Exception {
        Set<Object> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.add(new Nothing());
        set.add(new Nothing());
        Set<?> read = (Set<?>) Spilled.and(directory, Collections.unmodifiableSet(set));
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.contains(new Nothing())).isFalse();
        assertThat(read.contains(read.iterator().next())).isTrue();
    }

    @Test
    void aListThatAllowsNoChangeOrNoAdditionStillDoesNot() throws Exception {
        List<?> fixed = (List<?>) Spilled.and(directory, (Object) Collections.synchronizedList(Arrays.asList(1, 2)));
        assertThatThrownBy(() -> fixed.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        List<?> copied = (List<?>) Spilled.and(
                directory, (Object) Collections.synchronizedList(new CopyOnWriteArrayList<>(List.of(1, 2))));
        assertThatThrownBy(() -> copied.iterator().remove()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anEnumMapTakesNoOtherKeys() throws Exception {
        Map<TimeUnit, Object> map = new EnumMap<>(Map.of(TimeUnit.DAYS, new Nothing()));
        @SuppressWarnings("unchecked")
        Map<Object, Object> read = (Map<Object, Object>) Spilled.and(directory, Collections.synchronizedMap(map));
        assertThat(read).isEqualTo(map);
        assertThatThrownBy(() -> read.put("b", 1)).isInstanceOf(ClassCastException.class);
    }

    @Test
    void aMapThatForgetsIsRefused() {
        assertThatThrownBy(() -> Spilled.and(directory, Collections.unmodifiableMap(filled(new WeakHashMap<>()))))
                .isInstanceOf(SpillException.class)
                .hasMessageContaining(
                        "a record of class java.util.Collections$UnmodifiableMap cannot be written to disk:"
                                + " java.util.WeakHashMap belongs to the JDK and is not Serializable; copy it, as"
                                + " new ArrayList<>(...) or new HashMap<>(...) does. Use");
    }

    @Test
    void aCheckedListStillChecksAndMayHaveElementsThatAreNotSerializable() throws Exception {
        List<Nothing> list = Collections.checkedList(new ArrayList<>(List.of(new Nothing())), Nothing.class);
        @SuppressWarnings("unchecked")
        List<Object> read = (List<Object>) Spilled.and(directory, (Object) list);
        assertThat(read).hasSameClassAs(list).isEqualTo(list);
        assertThatThrownBy(() -> read.add("b")).isInstanceOf(ClassCastException.class);
    }

    @Test
    void whatItWrapsStaysTheSameObject() throws Exception {
        NavigableMap<String, Object> map = filled(new TreeMap<>());
        List<?> read = (List<?>) Spilled.and(directory, (Object) List.of(map, Collections.unmodifiableMap(map), 3));
        ((Map<?, ?>) read.get(0)).remove("a");
        assertThat((Map<?, ?>) read.get(1)).hasToString("{b=Nothing[], c=[]}");
    }
}
