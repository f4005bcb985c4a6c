package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** A class as its number. */
final class ClassForm extends Serializer<Class<?>> {

    private final ClassNumbers classes;

    ClassForm(ClassNumbers classes) {
        this.classes = classes;
    }

    @Override
    public void write(Kryo kryo, Output output, Class<?> type) {
        output.writeVarInt(classes.numberOf(type), true);
    }

    @Override
    public Class<?> read(Kryo kryo, Input input, Class<? extends Class<?>> type) {
        return classes.classOf(input.readVarInt(true));
    }
}
