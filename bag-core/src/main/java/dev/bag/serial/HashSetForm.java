package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** A set that comes back in the same order, although that is one by hashes. */
final class HashSetForm extends Serializer<HashSet<@Nullable Object>> {

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
