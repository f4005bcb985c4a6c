package dev.bag.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.io.Input;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.RandomAccess;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every collection and view of the JDK comes back equal, in the same order, sorted by the same comparator, and each method
 * that changes it is refused before and after, or works before and after.
 */
@Tag("P43")
class CollectionCopiesTest {

    private static final Comparator<String> LAST_FIRST = Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER);

    private static final Codecs CODECS = new Codecs();

    /** A way to make an object, always the same. */
    private record Case(String name, Supplier<Object> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Twice(Object one, Object other) {}

    private static Object copy(Object value) throws IOException {
        RecordOutput out = new RecordOutput(1 << 10);
        CODECS.records().write(out, value);
        return Objects.requireNonNull(CODECS.records().read(new Input(out.getBuffer(), 0, out.position())));
    }

    private static void add(List<Case> cases, String name, Supplier<Object> make) {
        cases.add(new Case(name, make));
    }

    // ------------------------------------------------------------------------------------------------ what there is

    private static List<String> strings(int size) {
        return IntStream.range(0, size).mapToObj(i -> "e" + i * 7919 % 31).toList();
    }

    private static <M extends Map<String, String>> M fill(M map, int size) {
        strings(size).forEach(key -> map.put(key, "value of " + key));
        return map;
    }

    private static <C extends Collection<String>> C fill(C collection, int size) {
        collection.addAll(strings(size));
        return collection;
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int size = 0; size <= 12; size++) {
            addFactories(cases, size);
        }
        for (int size : new int[] {0, 1, 2, 20}) {
            lists(size).forEach((name, make) -> addList(cases, name + " of " + size, make));
            collections(size).forEach((name, make) -> add(cases, name + " of " + size, () -> make.get()));
            sets(size).forEach((name, make) -> addSet(cases, name + " of " + size, make));
            maps(size).forEach((name, make) -> addMap(cases, name + " of " + size, make));
        }
        addSingle(cases);
        return cases;
    }

    @SuppressWarnings("unchecked")
    private static void addFactories(List<Case> cases, int size) {
        String[] elements = strings(size).toArray(new String[0]);
        add(cases, "List.of of " + size, () -> List.of(elements));
        add(cases, "Set.of of " + size, () -> Set.of(elements));
        add(
                cases,
                "Map.of of " + size,
                () -> Map.ofEntries(Stream.of(elements)
                        .map(key -> Map.entry(key, key + "!"))
                        .toArray(Map.Entry[]::new)));
        add(cases, "List.copyOf of " + size, () -> List.copyOf(new ArrayList<>(strings(size))));
        add(cases, "Set.copyOf of " + size, () -> Set.copyOf(strings(size)));
        add(cases, "Map.copyOf of " + size, () -> Map.copyOf(fill(new HashMap<>(), size)));
        add(cases, "toList of " + size, () -> Stream.of(elements).toList());
        add(cases, "toUnmodifiableList of " + size, () -> Stream.of(elements).collect(Collectors.toUnmodifiableList()));
        add(cases, "toUnmodifiableSet of " + size, () -> Stream.of(elements).collect(Collectors.toUnmodifiableSet()));
        add(
                cases,
                "toUnmodifiableMap of " + size,
                () -> Stream.of(elements).collect(Collectors.toUnmodifiableMap(key -> key, key -> key + "!")));
        add(
                cases,
                "partitioningBy of " + size,
                () -> Stream.of(elements).collect(Collectors.partitioningBy(text -> text.length() > 2)));
        add(cases, "groupingBy of " + size, () -> Stream.of(elements).collect(Collectors.groupingBy(String::length)));
    }

    private static void addSingle(List<Case> cases) {
        add(cases, "toList with nulls", () -> Stream.of("a", null, "b").toList());
        add(
                cases,
                "part of toList with nulls",
                () -> Stream.of("a", null, "b").toList().subList(0, 2));
        add(cases, "asList with nulls", () -> Arrays.asList("a", null));
        Supplier<Map<String, String>> nulls = () -> new HashMap<>(Collections.singletonMap(null, null));
        addViews(cases, "map with nulls", nulls);
        add(cases, "emptyList", Collections::emptyList);
        add(cases, "emptySet", Collections::emptySet);
        add(cases, "emptyMap", Collections::emptyMap);
        add(cases, "emptySortedSet", Collections::emptySortedSet);
        add(cases, "emptyNavigableMap", Collections::emptyNavigableMap);
        add(cases, "singleton", () -> Collections.singleton("a"));
        addList(cases, "singletonList", () -> Collections.singletonList("a"));
        addMap(cases, "singletonMap", () -> Collections.singletonMap("a", "b"));
        addList(cases, "nCopies", () -> Collections.nCopies(3, "a"));
        add(cases, "nCopies of none", () -> Collections.nCopies(0, "a"));
        add(cases, "Map.entry", () -> Map.entry("a", "b"));
        add(cases, "SimpleEntry", () -> new SimpleEntry<>("a", null));
        add(cases, "SimpleImmutableEntry", () -> new SimpleImmutableEntry<>(null, "b"));
        addMap(cases, "EnumMap", () -> new EnumMap<>(Map.of(TimeUnit.DAYS, "d", TimeUnit.HOURS, "h")));
        add(cases, "EnumSet", () -> EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS));
        add(cases, "asLifoQueue", () -> Collections.asLifoQueue(fill(new ArrayDeque<>(), 3)));
        add(cases, "partition", () -> Stream.of("a", "bb").collect(Collectors.partitioningBy(t -> t.length() > 1)));
        Supplier<Map<Boolean, Long>> counts =
                () -> Stream.of("a").collect(Collectors.partitioningBy(t -> t.length() > 1, Collectors.counting()));
        add(cases, "keys of a partition", () -> counts.get().keySet());
        add(cases, "values of a partition", () -> counts.get().values());
        add(cases, "entries of a partition", () -> counts.get().entrySet());
    }

    private static Map<String, Supplier<List<String>>> lists(int size) {
        Map<String, Supplier<List<String>>> lists = new LinkedHashMap<>();
        lists.put("ArrayList", () -> fill(new ArrayList<>(), size));
        lists.put("LinkedList", () -> fill(new LinkedList<>(), size));
        lists.put("Vector", () -> fill(new Vector<>(), size));
        lists.put("CopyOnWriteArrayList", () -> fill(new CopyOnWriteArrayList<>(), size));
        lists.put("asList", () -> Arrays.asList(strings(size).toArray(new String[0])));
        lists.put("List.of", () -> List.copyOf(strings(size)));
        return lists;
    }

    private static void addList(List<Case> cases, String name, Supplier<? extends List<String>> make) {
        add(cases, name, make::get);
        add(cases, "synchronized " + name, () -> Collections.synchronizedList(make.get()));
        add(cases, "unmodifiable " + name, () -> Collections.unmodifiableList(make.get()));
        add(cases, "checked " + name, () -> Collections.checkedList(make.get(), String.class));
        for (int from = 0; from <= 1; from++) {
            int begin = from;
            int end = make.get().size();
            if (begin < end || begin == 0 && !name.startsWith("singleton") && !name.startsWith("asList")) {
                add(
                        cases,
                        "part of " + name + " from " + begin,
                        () -> make.get().subList(begin, end));
                add(
                        cases,
                        "unmodifiable part of " + name + " from " + begin,
                        () -> Collections.unmodifiableList(make.get().subList(begin, end)));
            }
        }
        addReversed(cases, name, List.class, make::get);
    }

    private static Map<String, Supplier<Collection<String>>> collections(int size) {
        Map<String, Supplier<Collection<String>>> collections = new LinkedHashMap<>();
        collections.put("ArrayDeque", () -> fill(new ArrayDeque<>(), size));
        collections.put("PriorityQueue", () -> fill(new PriorityQueue<>(LAST_FIRST), size));
        collections.put("ConcurrentLinkedQueue", () -> fill(new ConcurrentLinkedQueue<>(), size));
        collections.put("ConcurrentLinkedDeque", () -> fill(new ConcurrentLinkedDeque<>(), size));
        collections.put("LinkedBlockingQueue", () -> fill(new LinkedBlockingQueue<>(), size));
        collections.put("LinkedBlockingDeque", () -> fill(new LinkedBlockingDeque<>(), size));
        collections.put(
                "unmodifiableCollection", () -> Collections.unmodifiableCollection(fill(new ArrayDeque<>(), size)));
        collections.put(
                "synchronizedCollection", () -> Collections.synchronizedCollection(fill(new ArrayDeque<>(), size)));
        collections.put(
                "checkedCollection", () -> Collections.checkedCollection(fill(new ArrayDeque<>(), size), String.class));
        return collections;
    }

    private static Map<String, Supplier<Set<String>>> sets(int size) {
        Map<String, Supplier<Set<String>>> sets = new LinkedHashMap<>();
        sets.put("HashSet", () -> fill(new HashSet<>(), size));
        sets.put("presized HashSet", () -> fill(new HashSet<>(1000), size));
        sets.put("LinkedHashSet", () -> fill(new LinkedHashSet<>(), size));
        sets.put("TreeSet", () -> fill(new TreeSet<>(), size));
        sets.put("TreeSet by comparator", () -> fill(new TreeSet<>(LAST_FIRST), size));
        sets.put("ConcurrentSkipListSet", () -> fill(new ConcurrentSkipListSet<>(LAST_FIRST), size));
        sets.put("newKeySet", () -> fill(ConcurrentHashMap.newKeySet(), size));
        sets.put("CopyOnWriteArraySet", () -> fill(new CopyOnWriteArraySet<>(), size));
        sets.put("newSetFromMap", () -> fill(Collections.newSetFromMap(new LinkedHashMap<>()), size));
        return sets;
    }

    private static void addSet(List<Case> cases, String name, Supplier<Set<String>> make) {
        add(cases, name, make::get);
        add(cases, "unmodifiable " + name, () -> Collections.unmodifiableSet(make.get()));
        add(cases, "synchronized " + name, () -> Collections.synchronizedSet(make.get()));
        add(cases, "checked " + name, () -> Collections.checkedSet(make.get(), String.class));
        if (make.get() instanceof NavigableSet) {
            Supplier<NavigableSet<String>> sorted = () -> (NavigableSet<String>) make.get();
            add(cases, "unmodifiable sorted " + name, () -> Collections.unmodifiableSortedSet(sorted.get()));
            add(cases, "unmodifiable navigable " + name, () -> Collections.unmodifiableNavigableSet(sorted.get()));
            add(cases, "synchronized sorted " + name, () -> Collections.synchronizedSortedSet(sorted.get()));
            add(cases, "synchronized navigable " + name, () -> Collections.synchronizedNavigableSet(sorted.get()));
            add(cases, "checked navigable " + name, () -> Collections.checkedNavigableSet(sorted.get(), String.class));
            add(cases, "descending " + name, () -> sorted.get().descendingSet());
        }
        addReversed(cases, name, LinkedHashSet.class, make::get);
    }

    private static Map<String, Supplier<Map<String, String>>> maps(int size) {
        Map<String, Supplier<Map<String, String>>> maps = new LinkedHashMap<>();
        maps.put("HashMap", () -> fill(new HashMap<>(), size));
        maps.put("presized HashMap", () -> fill(new HashMap<>(1000), size));
        maps.put("LinkedHashMap", () -> fill(new LinkedHashMap<>(), size));
        maps.put("TreeMap", () -> fill(new TreeMap<>(), size));
        maps.put("TreeMap by comparator", () -> fill(new TreeMap<>(LAST_FIRST), size));
        maps.put("ConcurrentHashMap", () -> fill(new ConcurrentHashMap<>(), size));
        maps.put("ConcurrentSkipListMap", () -> fill(new ConcurrentSkipListMap<>(LAST_FIRST), size));
        maps.put("Map.copyOf", () -> Map.copyOf(fill(new HashMap<>(), size)));
        return maps;
    }

    private static <K extends Comparable<? super K>> void addMap(
            List<Case> cases, String name, Supplier<? extends Map<K, String>> make) {
        add(cases, name, make::get);
        addViews(cases, name, make);
        addViews(cases, "unmodifiable " + name, () -> Collections.unmodifiableMap(make.get()));
        if (name.startsWith("Map.copyOf")) {
            return; // Java serializes it with its wrapper, in its own order
        }
        addViews(cases, "synchronized " + name, () -> Collections.synchronizedMap(make.get()));
        add(cases, "checked " + name, () -> Collections.checkedMap(make.get(), anyClass(), String.class));
        if (make.get() instanceof NavigableMap) {
            Supplier<NavigableMap<K, String>> sorted = () -> (NavigableMap<K, String>) make.get();
            addViews(cases, "unmodifiable sorted " + name, () -> Collections.unmodifiableSortedMap(sorted.get()));
            addViews(cases, "unmodifiable navigable " + name, () -> Collections.unmodifiableNavigableMap(sorted.get()));
            addViews(cases, "synchronized sorted " + name, () -> Collections.synchronizedSortedMap(sorted.get()));
            addViews(cases, "descending " + name, () -> sorted.get().descendingMap());
            add(cases, "navigable keys of " + name, () -> sorted.get().navigableKeySet());
            add(cases, "descending keys of " + name, () -> sorted.get().descendingKeySet());
            if (!make.get().isEmpty()) {
                addViews(cases, "head of " + name, () -> sorted.get().headMap(middle(sorted.get()), true));
                addViews(cases, "tail of " + name, () -> sorted.get().tailMap(middle(sorted.get()), true));
                add(cases, "first entry of " + name, () -> sorted.get().firstEntry());
            }
        }
        addReversed(cases, name, LinkedHashMap.class, make::get);
    }

    @SuppressWarnings("unchecked")
    private static <K> Class<K> anyClass() {
        return (Class<K>) Object.class;
    }

    private static <K> K middle(SortedMap<K, String> map) {
        return new ArrayList<>(map.keySet()).get(map.size() / 2);
    }

    private static <K> void addViews(List<Case> cases, String name, Supplier<? extends Map<K, String>> make) {
        add(cases, name, make::get);
        add(cases, "keys of " + name, () -> make.get().keySet());
        add(cases, "values of " + name, () -> make.get().values());
        add(cases, "entries of " + name, () -> make.get().entrySet());
        if (!make.get().isEmpty()) {
            add(
                    cases,
                    "entry of " + name,
                    () -> make.get().entrySet().iterator().next());
        }
    }

    /** Of JDK 21 and later; of what is empty or of fixed size it cannot be seen whether elements may be added. */
    private static void addReversed(List<Case> cases, String name, Class<?> type, Supplier<?> make) {
        if (!type.isInstance(make.get()) || name.contains(" of 0") || name.startsWith("asList")) {
            return;
        }
        Method reversed;
        try {
            reversed = type.getMethod("reversed");
        } catch (NoSuchMethodException e) {
            return;
        }
        add(cases, "reversed " + name, () -> {
            try {
                return reversed.invoke(make.get());
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
    }

    // ------------------------------------------------------------------------------------------------ what is the same

    @ParameterizedTest
    @MethodSource("cases")
    void comesBackEqualInTheSameOrderBehindTheSameInterfaces(Case each) throws Exception {
        Object value = each.make.get();
        check(value, copy(value));
        Object again = copy(copy(value));
        check(value, again);
        Twice twice = (Twice) copy(new Twice(value, new ArrayList<>(Arrays.asList(value, "a"))));
        check(value, twice.one);
        assertThat(((List<?>) twice.other).get(0)).isSameAs(twice.one);
    }

    private static void check(Object value, Object read) {
        for (Class<?> type : List.of(
                Collection.class,
                List.class,
                RandomAccess.class,
                Set.class,
                SortedSet.class,
                NavigableSet.class,
                Map.class,
                SortedMap.class,
                NavigableMap.class,
                Map.Entry.class)) {
            if (type.isInstance(value)) {
                assertThat(read).isInstanceOf(type);
            }
        }
        if (Modifier.isPublic(value.getClass().getModifiers())) {
            assertThat(read).hasSameClassAs(value);
        }
        assertThat(contents(read)).isEqualTo(contents(value));
        assertThat(read).hasToString(value.toString());
        if (hasEquals(value)) {
            assertThat(value.equals(read)).isTrue();
            assertThat(read.equals(value)).isTrue();
            assertThat(read.hashCode()).isEqualTo(value.hashCode());
        }
        if (value instanceof SortedSet<?> sorted) {
            assertThat((Object) ((SortedSet<?>) read).comparator()).isEqualTo(sorted.comparator());
        }
        if (value instanceof SortedMap<?, ?> sorted) {
            assertThat((Object) ((SortedMap<?, ?>) read).comparator()).isEqualTo(sorted.comparator());
        }
    }

    private static boolean hasEquals(Object value) {
        return value instanceof List || value instanceof Set || value instanceof Map || value instanceof Map.Entry;
    }

    private static List<Object> contents(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.entrySet().stream()
                    .map(entry -> new SimpleEntry<>(entry.getKey(), entry.getValue()))
                    .toList());
        }
        return value instanceof Collection<?> collection ? new ArrayList<>(collection) : List.of(value);
    }

    // ------------------------------------------------------------------------------------------------ what may change

    private static Map<String, Consumer<Object>> changes(Object value) {
        Map<String, Consumer<Object>> changes = new LinkedHashMap<>();
        if (value instanceof Collection) {
            ofCollections(changes);
        }
        if (value instanceof List) {
            ofLists(changes);
        }
        if (value instanceof Map) {
            ofMaps(changes);
        }
        if (value instanceof NavigableSet) {
            changes.put("pollFirst", set -> ((NavigableSet<?>) set).pollFirst());
        }
        if (value instanceof NavigableMap) {
            changes.put("pollFirstEntry", map -> ((NavigableMap<?, ?>) map).pollFirstEntry());
        }
        if (value instanceof Map.Entry) {
            changes.put("setValue", CollectionCopiesTest::setValue);
        }
        return changes;
    }

    @SuppressWarnings("unchecked")
    private static <T> Collection<T> collection(Object value) {
        return (Collection<T>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> map(Object value) {
        return (Map<Object, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static void setValue(Object entry) {
        ((Map.Entry<Object, Object>) entry).setValue("new");
    }

    private static Object first(Object value) {
        Iterator<Object> elements =
                CollectionCopiesTest.<Object>collection(value).iterator();
        return elements.hasNext() ? elements.next() : "new";
    }

    private static void ofCollections(Map<String, Consumer<Object>> changes) {
        changes.put("add", c -> collection(c).add(first(c)));
        changes.put("add new", c -> collection(c).add("new"));
        changes.put("addAll", c -> collection(c).addAll(List.of(first(c))));
        changes.put("clear", c -> collection(c).clear());
        changes.put("remove", c -> collection(c).remove(first(c)));
        changes.put("removeIf", c -> collection(c).removeIf(x -> true));
        changes.put("removeAll", c -> collection(c).removeAll(List.of(first(c))));
        changes.put("retainAll", c -> collection(c).retainAll(Set.of()));
        changes.put("remove from iterator", c -> {
            Iterator<?> elements = collection(c).iterator();
            if (elements.hasNext()) {
                elements.next();
                elements.remove();
            }
        });
    }

    private static void ofLists(Map<String, Consumer<Object>> changes) {
        changes.put("add at", list -> list(list).add(0, "new"));
        changes.put("addAll at", list -> list(list).addAll(0, List.of("new")));
        changes.put("set", list -> list(list).set(0, "new"));
        changes.put("remove at", list -> list(list).remove(0));
        changes.put("replaceAll", list -> list(list).replaceAll(x -> "new"));
        changes.put("sort", list -> list(list).sort(Comparator.comparing(String::valueOf)));
        changes.put("set by iterator", list -> {
            ListIterator<Object> elements = list(list).listIterator();
            if (elements.hasNext()) {
                elements.next();
                elements.set("new");
            }
        });
        changes.put("add by iterator", list -> list(list).listIterator().add("new"));
        changes.put(
                "clear a part", list -> list(list).subList(0, list(list).size()).clear());
    }

    private static void ofMaps(Map<String, Consumer<Object>> changes) {
        Function<Object, Object> key = map -> first(map(map).keySet());
        changes.put("put", map -> map(map).put(key.apply(map), "new"));
        changes.put("put new", map -> map(map).put("new", "new"));
        changes.put("putAll", map -> map(map).putAll(Map.of(key.apply(map), "new")));
        changes.put("putIfAbsent", map -> map(map).putIfAbsent(key.apply(map), "new"));
        changes.put("remove", map -> map(map).remove(key.apply(map)));
        changes.put("clear", map -> map(map).clear());
        changes.put("compute", map -> map(map).compute(key.apply(map), (k, v) -> "new"));
        changes.put("merge", map -> map(map).merge(key.apply(map), "new", (a, b) -> "new"));
        changes.put("replace", map -> map(map).replace(key.apply(map), "new"));
        changes.put("replaceAll", map -> map(map).replaceAll((k, v) -> "new"));
        changes.put("clear the keys", map -> map(map).keySet().clear());
        changes.put("remove values", map -> map(map).values().removeIf(x -> true));
        changes.put(
                "set a value", map -> map(map).entrySet().stream().limit(1).forEach(CollectionCopiesTest::setValue));
        changes.put("remove entries", map -> map(map).entrySet().removeIf(x -> true));
    }

    /**
     * Three that cannot be told: parts of a Vector look like those of an array, parts of a copy on write break when they are
     * changed, and nobody adds an entry to the entries of a concurrent map.
     */
    static List<Case> casesThatTell() {
        return cases().stream()
                .filter(each -> !each.name.matches("(part of Vector|part of CopyOnWrite|entries of ConcurrentHash"
                        + "|entries of synchronized ConcurrentHash|entries of unmodifiable ConcurrentHash).*"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("casesThatTell")
    void eachChangeIsRefusedAsBeforeOrWorksAsBefore(Case each) throws Exception {
        Map<String, Consumer<Object>> changes = changes(each.make.get());
        for (Map.Entry<String, Consumer<Object>> change : changes.entrySet()) {
            Object before = each.make.get();
            Object after = copy(before);
            List<Object> untouched = contents(after);
            boolean refused = isRefused(change.getValue(), before);
            boolean refusedAfter = isRefused(change.getValue(), after);
            if (refused || !contents(before).equals(untouched)) { // what has no effect may be refused or not
                assertThat(refusedAfter).as(change.getKey()).isEqualTo(refused);
            }
            assertThat(contents(after))
                    .as(change.getKey())
                    .containsExactlyInAnyOrderElementsOf(contents(before)); // tables may have other sizes
        }
    }

    private static boolean isRefused(Consumer<Object> change, Object on) {
        try {
            change.accept(on);
            return false;
        } catch (UnsupportedOperationException e) {
            return true;
        } catch (RuntimeException e) {
            return false; // for another reason, such as that it is empty
        }
    }

    // ------------------------------------------------------------------------------------------------ what else

    @Test
    void listsThatAllowNullsStillDoAndOthersStillDoNot() throws Exception {
        for (List<?> list : List.of(List.of(1), List.of(1, 2, 3), List.copyOf(new ArrayList<>(List.of(1, 2, 3))))) {
            List<?> read = list(copy(list));
            assertThatThrownBy(() -> read.contains(null)).isInstanceOf(NullPointerException.class);
        }
        Object allows = copy((Object) Stream.of(1, 2, 3).toList());
        assertThat(list(allows).contains(null)).isFalse();
    }

    /** An object that hands out what it has, so that nobody else changes it. */
    private static final class Basket {
        private final List<Object> list = new ArrayList<>();
        private final List<Object> listSeen = Collections.unmodifiableList(list);
        private final Map<Object, Object> map = new HashMap<>();
        private final Map<Object, Object> mapSeen = Collections.unmodifiableMap(map);
        private final Map<Object, Object> mapLocked = Collections.synchronizedMap(map);
        private final Set<Object> set = new TreeSet<>();
        private final Set<Object> setSeen = Collections.unmodifiableSet(set);
        private final Collection<Object> setChecked = Collections.checkedCollection(set, Object.class);
    }

    @Test
    void whatIsWrappedIsSharedWithTheRestOfTheRecord() throws Exception {
        Basket basket = (Basket) copy(new Basket());
        basket.list.add("a");
        basket.map.put("a", 1);
        basket.set.add("a");
        assertThat(basket.listSeen).containsExactly("a");
        assertThat(basket.mapSeen).containsEntry("a", 1);
        assertThat(basket.mapLocked).containsEntry("a", 1);
        assertThat(basket.setSeen).containsExactly("a");
        assertThat(basket.setChecked).containsExactly("a");
    }

    @Test
    void viewsOfWeakMapsAreCopiedToo() throws Exception {
        Set<?> keys = new WeakHashMap<>(Map.of("a", 1)).keySet();
        assertThat((Set<?>) copy(keys)).isEqualTo(keys);
    }

    @Test
    void theOrderOfPresizedTablesStaysAlsoWhereJavaSerializes() throws Exception {
        Map<Object, Object> map = new HashMap<>(1 << 12);
        for (int i = 0; i < 50; i++) {
            map.put(i * 7919, i);
        }
        for (Object each : List.of(
                Collections.synchronizedMap(map),
                new LinkedBlockingQueue<>(List.of(map)),
                Collections.synchronizedSet(map.keySet()))) {
            assertThat(copy(each)).hasToString(each.toString());
        }
    }

    @Test
    void aHashtableComesBackInItsOrder() throws Exception {
        Map<Object, Object> table = new Hashtable<>();
        for (int i = 0; i < 50; i++) {
            table.put(i * 7919, i);
        }
        assertThat(copy(table)).hasToString(table.toString());
        assertThat(Objects.toString(copy(table.keySet())))
                .isEqualTo(table.keySet().toString());
    }
}
