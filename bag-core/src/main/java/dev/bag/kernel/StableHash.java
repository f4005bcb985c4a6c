package dev.bag.kernel;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hash that is the same in every JVM, by which keys are spread over partitions. Enums are hashed by name, records by
 * their components, arrays and collections by their content, classes by name, all else by {@code hashCode}, which must
 * then be made of such: one that asks an enum for its own differs from run to run. A class that has only the
 * hash of its identity is refused, because it would put equal keys into different partitions, and differently each time;
 * so is one that is equal by identity only, and an array within a collection or a record, which is. What was written to
 * disk and read again would be another key.
 *
 * <p>The last step is the finalizer of MurmurHash3 (Appleby, 2011), so that the upper bits choose the partition well.
 */
public final class StableHash {

    private static final ClassValue<Kind> KINDS = new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
            return kindOf(type);
        }
    };

    private StableHash() {}

    private interface Kind {
        int hash(Object key);
    }

    /** Which of {@code targets} partitions {@code key} belongs to. */
    public static int target(Object key, int targets) {
        if (targets == 1) {
            of(key); // so that a key that cannot be used is refused whatever the number of partitions
            return 0;
        }
        return targetOf(of(key), targets);
    }

    /** Which of {@code targets} partitions a key with that hash belongs to. */
    public static int targetOf(int hash, int targets) {
        return (int) (((finish(hash) & 0xFFFF_FFFFL) * targets) >>> 32);
    }

    /**
     * The hash of {@code key}.
     *
     * @throws IllegalArgumentException for a class without a hash of its content; the message names it
     */
    public static int of(Object key) {
        return key instanceof String
                ? key.hashCode()
                : KINDS.get(key.getClass()).hash(key);
    }

    private static int ofNullable(@Nullable Object key) {
        return key == null ? 0 : of(key);
    }

    private static Kind kindOf(Class<?> type) {
        if (Enum.class.isAssignableFrom(type)) {
            return key -> ((Enum<?>) key).name().hashCode();
        }
        if (type.isArray()) {
            return StableHash::ofArray;
        }
        if (type.isRecord()) {
            return ofRecord(type);
        }
        if (List.class.isAssignableFrom(type)) {
            return key -> ofSequence((List<?>) key);
        }
        if (Set.class.isAssignableFrom(type)) {
            return key -> ((Set<?>) key)
                    .stream().mapToInt(element -> ofPart(element, key)).sum();
        }
        if (Map.class.isAssignableFrom(type)) {
            return key -> ofMap((Map<?, ?>) key);
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return key -> ofEntry((Map.Entry<?, ?>) key);
        }
        if (type == Class.class) {
            return key -> ((Class<?>) key).getName().hashCode();
        }
        if (Optional.class.isAssignableFrom(type)) {
            return key -> ofPart(((Optional<?>) key).orElse(null), key);
        }
        return ofOther(type);
    }

    private static Kind ofOther(Class<?> type) {
        try {
            if (type.getMethod("hashCode").getDeclaringClass() == Object.class) {
                throw new IllegalArgumentException("a key of class " + type.getName()
                        + " has only the hash of its identity, which differs from run to run: use a record or a"
                        + " String as the key, or give the class equals and hashCode");
            }
            if (type.getMethod("equals", Object.class).getDeclaringClass() == Object.class) {
                throw new IllegalArgumentException("a key of class " + type.getName()
                        + " is equal only to itself: use a record or a String as the key, or give the class equals"
                        + " besides hashCode");
            }
            return Object::hashCode;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e); // every class has hashCode
        }
    }

    private static int ofArray(Object array) {
        int hash = 1;
        for (int i = 0; i < Array.getLength(array); i++) {
            hash = 31 * hash + ofNullable(Array.get(array, i));
        }
        return hash;
    }

    /** Of an element of {@code whole}. */
    private static int ofPart(@Nullable Object part, Object whole) {
        if (part != null && part.getClass().isArray()) {
            throw new IllegalArgumentException("a key of class "
                    + whole.getClass().getName() + " contains a "
                    + part.getClass().getTypeName() + ", and an array within another object is equal only to itself:"
                    + " use a List or a String in its place, or the array alone as the key");
        }
        return ofNullable(part);
    }

    private static int ofSequence(List<?> elements) {
        int hash = 1;
        for (Object element : elements) {
            hash = 31 * hash + ofPart(element, elements);
        }
        return hash;
    }

    private static int ofMap(Map<?, ?> map) {
        int hash = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            hash += ofEntry(entry);
        }
        return hash;
    }

    private static int ofEntry(Map.Entry<?, ?> entry) {
        return ofPart(entry.getKey(), entry) ^ ofPart(entry.getValue(), entry);
    }

    private static Kind ofRecord(Class<?> type) {
        if (hasOwnHashCode(type)) {
            return Object::hashCode;
        }
        RecordComponent[] components = type.getRecordComponents();
        Method[] accessors = new Method[components.length];
        for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            if (!accessors[i].trySetAccessible()) {
                return ofClosedRecord(type);
            }
        }
        return key -> {
            int hash = 0;
            for (Method accessor : accessors) {
                hash = 31 * hash + ofPart(read(accessor, key), key);
            }
            return hash;
        };
    }

    /** The compiler makes a record's hashCode final, a programmer hardly ever. */
    private static boolean hasOwnHashCode(Class<?> type) {
        try {
            return !Modifier.isFinal(type.getDeclaredMethod("hashCode").getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** A record in a module that is closed to us: its own hash will do if every component's is that of its content. */
    private static Kind ofClosedRecord(Class<?> type) {
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

    private static @Nullable Object read(Method accessor, Object key) {
        try {
            return accessor.invoke(key);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // made accessible before
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the accessor " + accessor + " of a key failed", e.getCause());
        }
    }

    private static int finish(int hash) {
        int bits = hash;
        bits = (bits ^ (bits >>> 16)) * 0x85EBCA6B;
        bits = (bits ^ (bits >>> 13)) * 0xC2B2AE35;
        return bits ^ (bits >>> 16);
    }
}
