package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A linked map, with a flag that tells whether its order is that of the last access. */
final class LinkedMapForm extends Serializer<LinkedHashMap<@Nullable Object, @Nullable Object>> {

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
