package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Map;
import java.util.function.IntFunction;

/** A map that comes back in the same order, although that is one by hashes. */
final class HashedMapForm<M extends Map<Object, Object>> extends Serializer<M> {

    private final IntFunction<M> ofTableSize;

    HashedMapForm(IntFunction<M> ofTableSize) {
        this.ofTableSize = ofTableSize;
    }

    @Override
    public void write(Kryo kryo, Output output, M map) {
        output.writeVarInt(map.size(), true);
        output.writeVarInt(HashOrder.tableSize(map.keySet(), map.size()), true);
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
