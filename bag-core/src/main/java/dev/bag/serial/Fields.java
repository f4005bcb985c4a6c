package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.bag.serial.RecordException.ClassNames;
import dev.bag.serial.RecordException.UnwritableException;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that make up the objects of a class: those of its superclasses too. The transient ones of a Serializable class
 * are left out, since it is made to live without them; one that is not Serializable says nothing of the kind, so its
 * transient fields are written like all others.
 */
final class Fields {

    private Fields() {}

    /** Always in the same order. */
    static List<Field> of(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            Arrays.stream(each.getDeclaredFields())
                    .filter(Fields::isData)
                    .sorted(Comparator.comparing(Field::getName))
                    .forEach(fields::add);
        }
        return fields;
    }

    /** Why we cannot see all fields, or null if we can. */
    static @Nullable String obstacle(Class<?> type) {
        Module here = Fields.class.getModule();
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            Module module = each.getModule();
            if (!module.isOpen(each.getPackageName(), here) && (each == type || hasData(each))) {
                return module + " does not open " + each.getPackageName() + " to " + here
                        + ", which hides the fields of " + ClassNames.of(each);
            }
        }
        return null;
    }

    /** Whether the class itself, not one above it, has fields that are written. */
    static boolean hasData(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).anyMatch(Fields::isData);
    }

    /** Whether the class or one above it has fields that are not written. */
    static boolean leavesSomeOut(Class<?> type) {
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (Arrays.stream(each.getDeclaredFields()).anyMatch(Fields::isLeftOut)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the fields of a class belong to the JDK, which does not let anybody see them. */
    static boolean areOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static boolean isData(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !isLeftOut(field);
    }

    private static boolean isLeftOut(Field field) {
        Class<?> declaring = field.getDeclaringClass();
        return Modifier.isTransient(field.getModifiers())
                && !Modifier.isStatic(field.getModifiers())
                && (Serializable.class.isAssignableFrom(declaring) || areOfJdk(declaring));
    }

    /** An object as its {@link Fields}. */
    static final class FieldForm extends Serializer<Object> {

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

    /** The value of a field or a component: with its class, unless that is known from the declaration. */
    static final class TypedValue {

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
}
