package dev.bag.spill;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.serializers.CollectionSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.ExternalizableSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.FieldSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.JavaSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.MapSerializer;
import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Map;

/**
 * Which of Kryo's serializers writes a class. Kryo's own choice, except where that would fail later, when it is read:
 * collections without a constructor, classes of the JDK whose fields are closed to us, and what is bound to this JVM.
 */
final class Serializers {

    private Serializers() {}

    static Serializer<?> of(Class<?> type, Kryo kryo) {
        if (type.isHidden() || type.isSynthetic()) {
            throw new IllegalArgumentException("it is a lambda or the like");
        }
        if (Externalizable.class.isAssignableFrom(type) && hasConstructor(type)) {
            return new ExternalizableSerializer();
        }
        if (Throwable.class.isAssignableFrom(type)) {
            return new JavaSerializer();
        }
        Serializer<?> chosen = JdkSerializers.find(type);
        if (chosen == null) {
            chosen = kryo.getDefaultSerializer(type);
        }
        Class<?> kind = chosen.getClass();
        boolean ofAnyCollection = kind == CollectionSerializer.class || kind == MapSerializer.class;
        if (ofAnyCollection && !hasConstructor(type)) {
            return ofCollection(type, kryo);
        }
        return kind == FieldSerializer.class && isOfJdk(type) ? ofClosed(type) : chosen;
    }

    private static Serializer<?> ofCollection(Class<?> type, Kryo kryo) {
        if (!isOfJdk(type)) {
            return new FieldSerializer<>(kryo, type);
        }
        if (Map.class.isAssignableFrom(type)) {
            return new JdkSerializers.CopiedMap();
        }
        return new JdkSerializers.CopiedCollection(type);
    }

    private static Serializer<?> ofClosed(Class<?> type) {
        if (Serializable.class.isAssignableFrom(type)) {
            return new JavaSerializer();
        }
        throw new IllegalArgumentException("its fields are closed to us, and it is not Serializable");
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
    }

    private static boolean hasConstructor(Class<?> type) {
        try {
            return Modifier.isPublic(type.getModifiers()) && Modifier.isPublic(type.getConstructor().getModifiers());
        } catch (NoSuchMethodException e) {
            return !isOfJdk(type) && hasDeclaredConstructor(type);
        }
    }

    private static boolean hasDeclaredConstructor(Class<?> type) {
        try {
            type.getDeclaredConstructor();
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
