package dev.bag.memory;

import dev.bag.trait.Traits.OnDisk;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the objects of a class are laid out in memory, as far as {@link ObjectSize} cares. */
final class ObjectLayout {

    private static final ClassValue<ObjectLayout> LAYOUTS = new ClassValue<>() {
        @Override
        protected ObjectLayout computeValue(Class<?> type) {
            return describe(type);
        }
    };

    private final Kind kind;
    private final long shallowBytes;
    private final int width;
    private final Field[] references;

    enum Kind {
        /** Of a size that the class tells. */
        FIXED,
        PRIMITIVE_ARRAY,
        /** Of the JDK, and as large as what is in it needs. */
        OF_ANY_LENGTH,
        ARRAY,
        COLLECTION,
        MAP,
        /** Of the JDK, around another object. */
        HOLDER,
        /** With references that can be followed. */
        FIELDS
    }

    private ObjectLayout(Kind kind, long shallowBytes, int width, Field[] references) {
        this.kind = kind;
        this.shallowBytes = shallowBytes;
        this.width = width;
        this.references = references;
    }

    static ObjectLayout of(Class<?> type) {
        return LAYOUTS.get(type);
    }

    Kind kind() {
        return kind;
    }

    /** Whether there may be other objects in it. */
    boolean isLookedInto() {
        return kind.compareTo(Kind.ARRAY) >= 0;
    }

    /** What an object takes beside what is in it. */
    long shallowBytes() {
        return shallowBytes;
    }

    /** What each element takes beside what is in it. */
    int width() {
        return width;
    }

    /** How many objects a collection of so many elements has in it. */
    int elements(int size) {
        return width == 0 ? Math.min(size, 1) : size;
    }

    int referenceCount() {
        return references.length;
    }

    @Nullable Object reference(Object object, int number) {
        try {
            return references[number].get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // made accessible before
        }
    }

    private static ObjectLayout describe(Class<?> type) {
        if (type.isArray()) {
            Class<?> of = type.getComponentType();
            return of.isPrimitive() ? ofKind(Kind.PRIMITIVE_ARRAY, 0, widthOf(of)) : ofKind(Kind.ARRAY, 0, 0);
        }
        if (JdkSizes.isShared(type)) {
            return ofKind(Kind.FIXED, 0, 0);
        }
        if (OnDisk.class.isAssignableFrom(type)) {
            return ofKind(Kind.FIXED, ObjectSize.UNKNOWN, 0);
        }
        if (Throwable.class.isAssignableFrom(type)) {
            return ofKind(Kind.FIXED, JdkSizes.fixed(type), 0);
        }
        return Ancestry.isOfJdk(type) ? ofJdk(type) : ofFields(type);
    }

    private static ObjectLayout ofJdk(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return ofKind(Kind.COLLECTION, JdkSizes.collection(type), JdkSizes.perElement(type));
        }
        if (Map.class.isAssignableFrom(type)) {
            return ofKind(Kind.MAP, JdkSizes.MAP, JdkSizes.perEntry(type));
        }
        if (JdkSizes.isHolder(type)) {
            return ofKind(Kind.HOLDER, JdkSizes.holder(type), 0);
        }
        return JdkSizes.isOfAnyLength(type)
                ? ofKind(Kind.OF_ANY_LENGTH, 0, 0)
                : ofKind(Kind.FIXED, JdkSizes.fixed(type), 0);
    }

    /** Of a user's class. If it extends one of the JDK whose fields are closed, that is known by what can be asked of it. */
    private static ObjectLayout ofFields(Class<?> type) {
        Ancestry ancestry = Ancestry.of(type);
        if (ancestry.jdkHasState() && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type))) {
            return ofJdk(ancestry.jdk());
        }
        long bytes = ancestry.jdkHasState() ? JdkSizes.fixed(ancestry.jdk()) : 12;
        List<Field> references = new ArrayList<>();
        for (Field field : ancestry.ownFields()) {
            bytes += widthOf(field.getType());
            if (!field.getType().isPrimitive() && !isOuter(field) && field.trySetAccessible()) {
                references.add(field);
            }
        }
        Kind kind = references.isEmpty() ? Kind.FIXED : Kind.FIELDS;
        return new ObjectLayout(kind, ObjectSize.aligned(bytes), 0, references.toArray(new Field[0]));
    }

    /** The object around an inner one is there anyhow. */
    private static boolean isOuter(Field field) {
        return field.isSynthetic() && field.getName().startsWith("this$");
    }

    private static ObjectLayout ofKind(Kind kind, long shallowBytes, int width) {
        return new ObjectLayout(kind, shallowBytes, width, new Field[0]);
    }

    private static int widthOf(Class<?> type) {
        if (type == long.class || type == double.class) {
            return 8;
        }
        if (type == short.class || type == char.class) {
            return 2;
        }
        return type == byte.class || type == boolean.class ? 1 : ObjectSize.REFERENCE;
    }

    /** What a user's class consists of: its own fields, those of its user's superclasses, and a class of the JDK. */
    private record Ancestry(Class<?> jdk, List<Field> ownFields) {

        /** Fields that say nothing about what is in an object: a count of changes, and views made for later. */
        private static final Set<String> OF_NO_MEANING = Set.of("modCount", "keySet", "values");

        static Ancestry of(Class<?> type) {
            List<Field> own = new ArrayList<>();
            Class<?> at = type;
            while (!isOfJdk(at)) {
                for (Field field : at.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        own.add(field);
                    }
                }
                at = at.getSuperclass();
            }
            return new Ancestry(at, own);
        }

        static boolean isOfJdk(Class<?> type) {
            ClassLoader loader = type.getClassLoader();
            return loader == null || loader == ClassLoader.getPlatformClassLoader();
        }

        /** Whether the class of the JDK has fields of a meaning. */
        boolean jdkHasState() {
            for (Class<?> at = jdk; at != null; at = at.getSuperclass()) {
                boolean skeleton = at.getName().startsWith("java.util.Abstract");
                for (Field field : at.getDeclaredFields()) {
                    boolean counts = !skeleton || !OF_NO_MEANING.contains(field.getName());
                    if (counts && !Modifier.isStatic(field.getModifiers())) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
