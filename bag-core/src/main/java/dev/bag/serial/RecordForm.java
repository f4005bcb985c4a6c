package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.bag.serial.Fields.TypedValue;
import dev.bag.serial.RecordException.ClassNames;
import dev.bag.serial.RecordException.UnwritableException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record as what its components hold, whatever its accessors say, made again by its canonical constructor. Whether that
 * makes the same of it is tried with the first of each class, so that one that does not is refused before anything is lost.
 */
final class RecordForm extends Serializer<Object> {

    private static final int TRIALS = 32;

    private final Field[] fields;
    private final Constructor<?> constructor;
    private int trialsLeft = TRIALS;

    RecordForm(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            fields = new Field[types.length];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = type.getDeclaredField(type.getRecordComponents()[i].getName());
                fields[i].setAccessible(true);
            }
        } catch (ReflectiveOperationException e) {
            throw new KryoException(e);
        }
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        if (trialsLeft > 0) {
            trialsLeft--;
            tryOut(object);
        }
        SeenObjects met = ObjectGraphs.of(kryo).met();
        met.beginParts();
        for (Field field : fields) {
            TypedValue.write(kryo, output, field.getType(), held(field, object));
        }
        met.endParts();
    }

    private void tryOut(Object object) {
        @Nullable Object[] values =
                Arrays.stream(fields).map(field -> held(field, object)).toArray();
        Object copy;
        try {
            copy = constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new UnwritableException("the constructor of " + ClassNames.of(object.getClass())
                    + " does not take what a record of it holds: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new KryoException(e);
        }
        for (int i = 0; i < fields.length; i++) {
            if (values[i] != null && JavaSerialization.isValue(values[i]) && !values[i].equals(held(fields[i], copy))) {
                throw new UnwritableException("the constructor of " + ClassNames.of(object.getClass())
                        + " does not take " + fields[i].getName() + " as it is: of " + values[i] + " it makes "
                        + held(fields[i], copy));
            }
        }
    }

    private static @Nullable Object held(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new KryoException(e);
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        @Nullable Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = TypedValue.read(kryo, input, fields[i].getType());
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new KryoException(e);
        }
    }
}
