package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object as its {@link Fields}. */
final class FieldForm extends Serializer<Object> {

    private final List<Field> fields;

    FieldForm(Class<?> type) {
        fields = Fields.of(type);
        fields.forEach(field -> field.setAccessible(true));
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        try {
            for (Field field : fields) {
                write(kryo, output, field, field.get(object));
            }
        } catch (IllegalAccessException e) {
            throw new KryoException(e);
        }
    }

    private static void write(Kryo kryo, Output output, Field field, @Nullable Object value) {
        try {
            TypedValue.write(kryo, output, field.getType(), value);
        } catch (UnwritableException e) {
            throw Modifier.isTransient(field.getModifiers()) ? e.inTransient(field) : e;
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        Object object = kryo.newInstance(type);
        kryo.reference(object);
        try {
            for (Field field : fields) {
                field.set(object, TypedValue.read(kryo, input, field.getType()));
            }
        } catch (IllegalAccessException e) {
            throw new KryoException(e);
        }
        return object;
    }
}
