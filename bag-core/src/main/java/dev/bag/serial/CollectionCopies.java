package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.AbstractList;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The private collections, maps and entries of the JDK, such as those of {@code Set.of} and the views of maps, as their
 * elements. Their classes cannot be named, so what comes back need not be of the same class: it is a copy behind the same
 * interface, equal, in the same order, sorted by the same comparator, and as modifiable.
 *
 * <p>A view comes back without the collection behind it. Whether a view can be modified does not follow from its class, so
 * it is asked in ways that change nothing: removing from an iterator that has not begun, and adding or setting an element
 * that is there.
 */
final class CollectionCopies extends Serializer<Object> {

    private static final Class<?> IMMUTABLE = List.of().getClass().getNestHost();
    private static final Set<Class<?>> NOT_LEFT_TO_JAVA = Set.of(IMMUTABLE, ConcurrentHashMap.class, LinkedList.class);

    /** Frequent collections whose views need not be asked, which costs an exception: elements can be removed, but not added. */
    private static final Set<Class<?>> CHANGED_BY_VIEWS = Set.of(
            ArrayList.class,
            LinkedList.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            ConcurrentHashMap.class,
            ConcurrentSkipListMap.class,
            EnumMap.class);

    /** What something comes back as. The numbers of the constants are part of the bytes. */
    private enum Kind {
        LIST_WITHOUT_NULLS(CollectionCopies::withoutNulls),
        LIST(elements -> Arrays.stream(elements).toList()),
        LIST_OF_FIXED_SIZE(elements -> Arrays.asList(elements)),
        ARRAY_LIST(elements -> new ArrayList<@Nullable Object>(Arrays.asList(elements))),
        LINKED_LIST(elements -> new LinkedList<@Nullable Object>(Arrays.asList(elements))),
        COPIED_ON_WRITE(CopyOnWriteArrayList::new),
        COLLECTION(elements -> Collections.unmodifiableCollection(Arrays.asList(elements))),
        VALUES(CollectionCopies::values),
        SET(elements -> Collections.unmodifiableSet(set(elements))),
        LINKED_SET(CollectionCopies::set),
        KEYS(CollectionCopies::keys),
        ENTRIES(parts -> map(parts).entrySet()),
        SORTED_SET(parts -> new TreeSet<>(sortedKeys(parts))),
        SORTED_KEYS(CollectionCopies::sortedKeys),
        MAP(parts -> Collections.unmodifiableMap(map(parts))),
        LINKED_MAP(CollectionCopies::map),
        SORTED_MAP(CollectionCopies::sortedMap),
        ENTRY(parts -> new SimpleEntry<>(parts[0], parts[1])),
        IMMUTABLE_ENTRY(parts -> new SimpleImmutableEntry<>(parts[0], parts[1]));

        private final Function<@Nullable Object[], Object> join;

        Kind(Function<@Nullable Object[], Object> join) {
            this.join = join;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    private static List<Object> withoutNulls(@Nullable Object[] elements) {
        List<Object> list = new ArrayList<>(elements.length);
        for (Object element : elements) {
            list.add(Objects.requireNonNull(element));
        }
        return List.copyOf(list);
    }

    /**
     * Returns whether objects of a class of the JDK are written in this form. Private classes that are Serializable know more
     * than their elements, as bounds or what they wrap, so they are left to Java, with a few exceptions: it loses the order of
     * immutable collections, writes the whole map with a view of a concurrent one, and refuses reversed lists after all.
     * Elements that are told apart by identity are not copied.
     */
    static boolean take(Class<?> type) {
        return isCollection(type)
                && isPrivate(type)
                && type.getNestHost() != IdentityHashMap.class
                && (!Serializable.class.isAssignableFrom(type) || NOT_LEFT_TO_JAVA.contains(type.getNestHost()));
    }

    private static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || Map.Entry.class.isAssignableFrom(type);
    }

    private static boolean isPrivate(Class<?> type) {
        for (@Nullable Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        Kind kind = kindOf(object);
        output.writeByte(kind.ordinal());
        ObjectGraphs.of(kryo).writeWhole(output, split(kind, object));
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        Kind kind = KINDS[input.readByte()];
        return kind.join.apply(ObjectGraphs.of(kryo).readWhole(input));
    }

    // ------------------------------------------------------------------------------------------------ which kind

    private static Kind kindOf(Object object) {
        if (object instanceof Map.Entry<?, ?>) {
            String name =
                    object.getClass().getName(); // setting a value, even the same, may put the entry back into its map
            boolean fixed = name.contains("KeyValueHolder") || name.contains("Unmodifiable");
            return fixed ? Kind.IMMUTABLE_ENTRY : Kind.ENTRY;
        }
        if (object instanceof Map<?, ?> map) {
            if (map.getClass().getNestHost() == IMMUTABLE) {
                return Kind.MAP;
            }
            return map instanceof SortedMap ? Kind.SORTED_MAP : canRemove(map.entrySet()) ? Kind.LINKED_MAP : Kind.MAP;
        }
        if (object instanceof List<?> list) {
            return kindOf(list);
        }
        if (object instanceof Set<?> set) {
            return kindOf(set);
        }
        Collection<?> collection = (Collection<?>) object;
        if (collection instanceof Deque) {
            return Kind.LINKED_LIST;
        }
        return canRemove(collection) ? Kind.VALUES : Kind.COLLECTION;
    }

    private static Kind kindOf(List<?> list) {
        if (list.getClass().getNestHost() == IMMUTABLE) {
            return allowsNoNulls(list) ? Kind.LIST_WITHOUT_NULLS : Kind.LIST;
        }
        if (list.getClass().getNestHost() == CopyOnWriteArrayList.class) {
            return Kind.COPIED_ON_WRITE;
        }
        if (!canRemove(list) || !list.isEmpty() && !canSet(list)) {
            return Kind.LIST;
        }
        if (list.getClass().getNestHost() == AbstractList.class && list instanceof RandomAccess) {
            return Kind.LIST_OF_FIXED_SIZE; // mostly a part of Arrays.asList; those of a Vector cannot be told from it
        }
        return list instanceof RandomAccess ? Kind.ARRAY_LIST : Kind.LINKED_LIST;
    }

    /** Copying returns a list itself if it is one that has no nulls by its nature. */
    private static boolean allowsNoNulls(List<?> list) {
        return list.stream().noneMatch(Objects::isNull) && List.copyOf(list) == list;
    }

    private static Kind kindOf(Set<?> set) {
        if (set.getClass().getSimpleName().contains("EntrySet") && canRemove(set)) {
            return Kind.ENTRIES;
        }
        boolean takesElements = canAdd(set);
        if (set instanceof SortedSet) {
            return takesElements ? Kind.SORTED_SET : Kind.SORTED_KEYS;
        }
        if (takesElements) {
            return Kind.LINKED_SET;
        }
        return canRemove(set) ? Kind.KEYS : Kind.SET;
    }

    private static boolean canRemove(Collection<?> collection) {
        Class<?> host = collection.getClass().getNestHost();
        return host != IMMUTABLE && (CHANGED_BY_VIEWS.contains(host) || !isRefused(collection));
    }

    private static boolean isRefused(Collection<?> collection) {
        return isRefused(() -> collection.iterator().remove());
    }

    private static <T extends @Nullable Object> boolean canSet(List<T> list) {
        return CHANGED_BY_VIEWS.contains(list.getClass().getNestHost()) || !isRefused(() -> list.set(0, list.get(0)));
    }

    private static <T extends @Nullable Object> boolean canAdd(Set<T> set) {
        Class<?> host = set.getClass().getNestHost();
        return host != IMMUTABLE
                && !CHANGED_BY_VIEWS.contains(host)
                && !set.isEmpty()
                && !isRefused(() -> set.add(set.iterator().next()));
    }

    private static boolean isRefused(Runnable change) {
        try {
            change.run();
            return false;
        } catch (UnsupportedOperationException e) {
            return true;
        } catch (IllegalStateException e) {
            return false; // the iterator has not begun
        }
    }

    // ------------------------------------------------------------------------------------------------ into parts

    private static @Nullable Object[] split(Kind kind, Object object) {
        return switch (kind) {
            case ENTRY, IMMUTABLE_ENTRY -> entries(List.of((Map.Entry<?, ?>) object), false, null);
            case ENTRIES -> entries((Collection<?>) object, false, null);
            case MAP, LINKED_MAP -> entries(((Map<?, ?>) object).entrySet(), false, null);
            case SORTED_MAP -> entries(((Map<?, ?>) object).entrySet(), true, ((SortedMap<?, ?>) object).comparator());
            case SORTED_SET, SORTED_KEYS -> {
                List<@Nullable Object> parts = new ArrayList<>((SortedSet<?>) object);
                parts.add(0, ((SortedSet<?>) object).comparator());
                yield parts.toArray();
            }
            default -> ((Collection<?>) object).toArray();
        };
    }

    /** Keys and values in turn, behind the comparator if they are sorted. */
    private static @Nullable Object[] entries(Collection<?> entries, boolean sorted, @Nullable Comparator<?> order) {
        List<@Nullable Object> parts = new ArrayList<>(2 * entries.size() + 1);
        if (sorted) {
            parts.add(order);
        }
        for (Object each : entries) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
            parts.add(entry.getKey());
            parts.add(entry.getValue());
        }
        return parts.toArray();
    }

    // ------------------------------------------------------------------------------------------------ from parts

    private static Collection<@Nullable Object> values(@Nullable Object[] elements) {
        Map<Integer, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < elements.length; i++) {
            map.put(i, elements[i]);
        }
        return map.values();
    }

    private static Set<@Nullable Object> set(@Nullable Object[] elements) {
        Set<@Nullable Object> set = new LinkedHashSet<@Nullable Object>(Arrays.asList(elements));
        checkAllThere(set.size(), elements.length);
        return set;
    }

    private static Set<@Nullable Object> keys(@Nullable Object[] elements) {
        Map<@Nullable Object, Boolean> map = new LinkedHashMap<>();
        for (@Nullable Object each : elements) {
            map.put(each, true);
        }
        checkAllThere(map.size(), elements.length);
        return map.keySet();
    }

    private static Map<@Nullable Object, @Nullable Object> map(@Nullable Object[] parts) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i += 2) {
            map.put(parts[i], parts[i + 1]);
        }
        checkAllThere(map.size(), parts.length / 2);
        return map;
    }

    /** A view of a user's map may have elements that are equal. */
    private static void checkAllThere(int size, int written) {
        if (size < written) {
            throw new IllegalStateException("a set or a map has equal elements; use a List instead");
        }
    }

    private static SortedSet<@Nullable Object> sortedKeys(@Nullable Object[] parts) {
        TreeMap<@Nullable Object, @Nullable Object> map = new TreeMap<>(order(parts));
        for (int i = 1; i < parts.length; i++) {
            map.put(parts[i], true);
        }
        return map.navigableKeySet();
    }

    private static Map<@Nullable Object, @Nullable Object> sortedMap(@Nullable Object[] parts) {
        TreeMap<@Nullable Object, @Nullable Object> map = new TreeMap<>(order(parts));
        for (int i = 1; i < parts.length; i += 2) {
            map.put(parts[i], parts[i + 1]);
        }
        return map;
    }

    @SuppressWarnings("unchecked") // the collection that was taken apart had it for its elements
    private static @Nullable Comparator<@Nullable Object> order(@Nullable Object[] parts) {
        return (Comparator<@Nullable Object>) parts[0];
    }
}
