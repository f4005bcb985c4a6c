package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import org.jspecify.annotations.Nullable;

/** The value of a field or a component: with its class, unless that is known from the declaration. */
final class TypedValue {

    private TypedValue() {}

    static void write(Kryo kryo, Output output, Class<?> declared, @Nullable Object value) {
        if (declared.isPrimitive()) {
            kryo.writeObject(output, value);
        } else {
            kryo.writeClassAndObject(output, value);
        }
    }

    static @Nullable Object read(Kryo kryo, Input input, Class<?> declared) {
        return declared.isPrimitive() ? kryo.readObject(input, declared) : kryo.readClassAndObject(input);
    }
}
