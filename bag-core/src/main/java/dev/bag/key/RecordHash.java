package dev.bag.key;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * How records are hashed. Where {@code hashCode} is the compiler's, equal records have equal fields, so the hash is made of
 * those: in the compiler's way, but with the stable hash of each. Where it is the programmer's it alone is known to agree
 * with {@code equals}. Where it may be either's, too, and then the fields must have hashes of their content.
 */
final class RecordHash {

    private RecordHash() {}

    /** Reads a component of a record. */
    private interface Reader {

        @Nullable Object read(Object key) throws ReflectiveOperationException;
    }

    /** The hash of records of class {@code type}; null where it is that of {@code hashCode}, whatever they consist of. */
    static StableHash.@Nullable Kind of(Class<?> type) {
        CompiledRecord compiled = CompiledRecord.of(type);
        if (compiled == null ? !declaresFinalHashCode(type) : !compiled.hasGeneratedHashCode()) {
            return null;
        }
        RecordComponent[] components = type.getRecordComponents();
        Reader[] readers = new Reader[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean hasOwnAccessor = compiled != null && !compiled.hasGeneratedAccessor(components[i]);
            Reader reader = hasOwnAccessor ? ofField(type, components[i]) : ofAccessor(components[i].getAccessor());
            if (reader == null) {
                return ofClosed(type);
            }
            readers[i] = reader;
        }
        return compiled == null ? key -> ofUnknown(key, readers) : key -> ofComponents(key, readers);
    }

    /** Compilers make it final, and programmers hardly ever. */
    private static boolean declaresFinalHashCode(Class<?> type) {
        try {
            return Modifier.isFinal(type.getMethod("hashCode").getModifiers());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e); // every class has hashCode
        }
    }

    private static @Nullable Reader ofAccessor(Method accessor) {
        return isAccessible(accessor) ? accessor::invoke : null;
    }

    /** Past an accessor that may return anything, such as another object each time. */
    private static @Nullable Reader ofField(Class<?> type, RecordComponent component) {
        try {
            Field field = type.getDeclaredField(component.getName());
            return isAccessible(field) ? field::get : null;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e); // every component has a field
        }
    }

    private static boolean isAccessible(AccessibleObject member) {
        return member.trySetAccessible();
    }

    private static int ofComponents(Object key, Reader[] readers) {
        int hash = 0;
        for (Reader reader : readers) {
            hash = 31 * hash + StableHash.ofPart(read(reader, key), key);
        }
        return hash;
    }

    private static int ofUnknown(Object key, Reader[] readers) {
        ofComponents(key, readers); // refuses a component with the hash of its identity
        return key.hashCode();
    }

    /** Records of a module that is closed to us: their own hash will do if every component's is that of its content. */
    private static StableHash.Kind ofClosed(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> of = component.getType();
            if (!of.isPrimitive() && of != String.class && !Number.class.isAssignableFrom(of)) {
                throw new IllegalArgumentException("a key of record class " + type.getName()
                        + " cannot be looked into, and its component " + component.getName()
                        + " may have only the hash of its identity: open the package "
                        + type.getPackageName() + " to module dev.bag.core");
            }
        }
        return Object::hashCode;
    }

    private static @Nullable Object read(Reader reader, Object key) {
        try {
            return reader.read(key);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    "an accessor of record class " + key.getClass().getName() + " failed for a key", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // made accessible before
        }
    }
}
