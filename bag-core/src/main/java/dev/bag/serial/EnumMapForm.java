package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/** Enum maps: emptied, they know the class of their keys and can be left to Java; their entries need not be. */
final class EnumMapForm<K extends Enum<K>> extends Serializer<EnumMap<K, @Nullable Object>> {

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
