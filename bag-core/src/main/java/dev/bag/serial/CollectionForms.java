package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentHashMap.KeySetView;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
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

    /** A linked map, with a flag that tells whether its order is that of the last access. */
    static final class LinkedMapForm extends Serializer<LinkedHashMap<@Nullable Object, @Nullable Object>> {

        @Override
        public void write(Kryo kryo, Output output, LinkedHashMap<@Nullable Object, @Nullable Object> map) {
            output.writeVarInt(map.size(), true);
            output.writeBoolean(isByAccess(map));
            for (Map.Entry<@Nullable Object, @Nullable Object> entry : map.entrySet()) {
                kryo.writeClassAndObject(output, entry.getKey());
                kryo.writeClassAndObject(output, entry.getValue());
            }
        }

        /** Only the use of a map tells, so a copy of it is used. */
        private static boolean isByAccess(LinkedHashMap<?, ?> map) {
            @SuppressWarnings("unchecked") // the copy never leaves this method
            Map<@Nullable Object, @Nullable Object> copy = (Map<@Nullable Object, @Nullable Object>) map.clone();
            copy.put(new Object(), null);
            copy.put(new Object(), null);
            @Nullable Object first = copy.keySet().iterator().next();
            copy.get(first);
            return copy.keySet().iterator().next() != first;
        }

        @Override
        public LinkedHashMap<@Nullable Object, @Nullable Object> read(
                Kryo kryo, Input input, Class<? extends LinkedHashMap<@Nullable Object, @Nullable Object>> type) {
            int size = input.readVarInt(true);
            LinkedHashMap<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>(16, 0.75f, input.readBoolean());
            kryo.reference(map);
            for (int i = 0; i < size; i++) {
                @Nullable Object key = kryo.readClassAndObject(input);
                map.put(key, kryo.readClassAndObject(input));
            }
            return map;
        }
    }

    /** An object as the parts it is made of, from which it is made again when all of them are there. */
    static final class ElementForm<T> extends Serializer<T> {

        private final Function<T, @Nullable Object[]> split;
        private final Function<@Nullable Object[], T> join;

        ElementForm(Function<T, @Nullable Object[]> split, Function<@Nullable Object[], T> join) {
            this.split = split;
            this.join = join;
        }

        @Override
        public void write(Kryo kryo, Output output, T object) {
            ObjectGraphs.of(kryo).writeWhole(output, split.apply(object));
        }

        @Override
        public T read(Kryo kryo, Input input, Class<? extends T> type) {
            return join.apply(ObjectGraphs.of(kryo).readWhole(input));
        }
    }

    /** Enum maps: emptied, they know the class of their keys and can be left to Java; their entries need not be. */
    static final class EnumMapForm<K extends Enum<K>> extends Serializer<EnumMap<K, @Nullable Object>> {

        private final JavaForm java;

        EnumMapForm(JavaForm java) {
            this.java = java;
        }

        @Override
        public void write(Kryo kryo, Output output, EnumMap<K, @Nullable Object> map) {
            EnumMap<K, @Nullable Object> empty = map.clone();
            empty.clear();
            java.write(kryo, output, empty);
            output.writeVarInt(map.size(), true);
            map.forEach((key, value) -> {
                kryo.writeClassAndObject(output, key);
                kryo.writeClassAndObject(output, value);
            });
        }

        @Override
        @SuppressWarnings("unchecked") // that is what was written
        public EnumMap<K, @Nullable Object> read(
                Kryo kryo, Input input, Class<? extends EnumMap<K, @Nullable Object>> type) {
            EnumMap<K, @Nullable Object> map = (EnumMap<K, @Nullable Object>) java.read(kryo, input, type);
            kryo.reference(map);
            for (int count = input.readVarInt(true); count > 0; count--) {
                K key = (K) kryo.readClassAndObject(input);
                map.put(key, kryo.readClassAndObject(input));
            }
            return map;
        }
    }
}
