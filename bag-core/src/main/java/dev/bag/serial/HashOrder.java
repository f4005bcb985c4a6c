package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a hash map or set of the JDK iterates: that of the lowest bits of the hashes of its elements. The larger
 * its table, the more bits.
 */
final class HashOrder {

    private static final int FEWEST = 16;
    private static final int MOST = 1 << 30;

    private HashOrder() {}

    static <K extends @Nullable Object, V extends @Nullable Object> Map<K, V> concurrentMap(int tableSize) {
        return new ConcurrentHashMap<>(tableSize - 1, 1, 1);
    }

    /** Returns a size of the table with which keys lie in this order: if there are several, that to which it grows itself. */
    static int tableSize(Iterable<?> keys, int count) {
        int grown = FEWEST;
        while (grown < MOST && isTooSmall(grown, count)) {
            grown *= 2;
        }
        if (isOrderOf(grown, keys)) {
            return grown;
        }
        for (int size = 1; size < MOST; size *= 2) {
            if (!isTooSmall(size, count) && isOrderOf(size, keys)) {
                return size;
            }
        }
        return grown;
    }

    /** As a table that is three quarters full grows. */
    private static boolean isTooSmall(int size, int count) {
        return count > size * 3L / 4;
    }

    private static boolean isOrderOf(int size, Iterable<?> keys) {
        int before = 0;
        for (Object key : keys) {
            int hash = key == null ? 0 : key.hashCode();
            int place = (hash ^ hash >>> 16) & size - 1;
            if (place < before) {
                return false;
            }
            before = place;
        }
        return true;
    }

    /** A set that comes back in the same order, although that is one by hashes. */
    static final class SetForm extends Serializer<HashSet<@Nullable Object>> {

        @Override
        public void write(Kryo kryo, Output output, HashSet<@Nullable Object> set) {
            output.writeVarInt(set.size(), true);
            output.writeVarInt(HashOrder.tableSize(set, set.size()), true);
            for (@Nullable Object element : set) {
                kryo.writeClassAndObject(output, element);
            }
        }

        @Override
        public HashSet<@Nullable Object> read(Kryo kryo, Input input, Class<? extends HashSet<@Nullable Object>> type) {
            int size = input.readVarInt(true);
            HashSet<@Nullable Object> set = new HashSet<>(input.readVarInt(true));
            kryo.reference(set);
            for (int i = 0; i < size; i++) {
                set.add(kryo.readClassAndObject(input));
            }
            return set;
        }
    }

    /** A map that comes back in the same order, although that is one by hashes. */
    static final class MapForm<M extends Map<Object, Object>> extends Serializer<M> {

        private final IntFunction<M> ofTableSize;
        private final int spare;

        /** Of maps whose table grows when {@code spare} fewer elements are there than make the table of a hash map grow. */
        MapForm(IntFunction<M> ofTableSize, int spare) {
            this.ofTableSize = ofTableSize;
            this.spare = spare;
        }

        @Override
        public void write(Kryo kryo, Output output, M map) {
            output.writeVarInt(map.size(), true);
            output.writeVarInt(HashOrder.tableSize(map.keySet(), map.size() + spare), true);
            map.forEach((key, value) -> {
                kryo.writeClassAndObject(output, key);
                kryo.writeClassAndObject(output, value);
            });
        }

        @Override
        public M read(Kryo kryo, Input input, Class<? extends M> type) {
            int size = input.readVarInt(true);
            M map = ofTableSize.apply(input.readVarInt(true));
            kryo.reference(map);
            for (int i = 0; i < size; i++) {
                Object key = kryo.readClassAndObject(input);
                map.put(key, kryo.readClassAndObject(input));
            }
            return map;
        }
    }
}
