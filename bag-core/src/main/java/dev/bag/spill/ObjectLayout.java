package dev.bag.spill;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        /** Of no size, because there are few of them. */
        SHARED,
        /** Without references. */
        FIXED,
        PRIMITIVE_ARRAY,
        ARRAY,
        COLLECTION,
        MAP,
        OPTIONAL,
        /** With references that can be followed. */
        FIELDS,
        /** Closed to us. */
        OPAQUE
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

    long shallowBytes() {
        return shallowBytes;
    }

    int width() {
        return width;
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
        if (Enum.class.isAssignableFrom(type) || type == Class.class || type == Boolean.class || type.isHidden()) {
            return ofKind(Kind.SHARED, 0, 0);
        }
        if (type.getModule() == Object.class.getModule()) {
            return ofJdk(type);
        }
        return ofFields(type);
    }

    private static ObjectLayout ofJdk(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return ofKind(Kind.COLLECTION, 0, 0);
        }
        if (Map.class.isAssignableFrom(type)) {
            return ofKind(Kind.MAP, 0, 0);
        }
        if (type == Optional.class) {
            return ofKind(Kind.OPTIONAL, 0, 0);
        }
        if (Number.class.isAssignableFrom(type) || type == Character.class) {
            return ofKind(Kind.FIXED, type.getSuperclass() == Number.class ? 24 : 64, 0);
        }
        return ofKind(Kind.OPAQUE, 0, 0);
    }

    private static ObjectLayout ofFields(Class<?> type) {
        long bytes = 12;
        List<Field> references = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    bytes += widthOf(field.getType());
                    if (!field.getType().isPrimitive()) {
                        if (!field.trySetAccessible()) {
                            return ofKind(Kind.OPAQUE, 0, 0);
                        }
                        references.add(field);
                    }
                }
            }
        }
        Kind kind = references.isEmpty() ? Kind.FIXED : Kind.FIELDS;
        return new ObjectLayout(kind, ObjectSize.aligned(bytes), 0, references.toArray(new Field[0]));
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
        return type == byte.class || type == boolean.class ? 1 : 4;
    }
}
